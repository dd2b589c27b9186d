import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceMapFolder } from '../paths.ts';

/**
 * Named after the bundle's content, so that a bundle needs no word of its map and is the same with and without one. Sources in it
 * are relative to a folder that is as deep as this one.
 */
export function writeSourceMap(bundle: Uint8Array, map: Uint8Array): void {
  mkdirSync(sourceMapFolder, { recursive: true });
  writeFileSync(join(sourceMapFolder, `${createHash('sha256').update(bundle).digest('hex')}.map`), map);
}
