import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { distFolder, sourceMapFolder } from '../paths.ts';

const nameOf = (bundle: Uint8Array): string => `${createHash('sha256').update(bundle).digest('hex')}.map`;

/**
 * Named after the bundle's content, so that a bundle needs no word of its map and is the same with and without one. Sources in it
 * are relative to a folder that is as deep as this one.
 */
export function writeSourceMap(bundle: Uint8Array, map: Uint8Array): void {
  mkdirSync(sourceMapFolder, { recursive: true });
  writeFileSync(join(sourceMapFolder, nameOf(bundle)), map);
}

/** Takes away the maps of bundles that no variant has any more. A local cloud may run one that another stage was built beside. */
export function pruneSourceMaps(bundles = distFolder, maps = sourceMapFolder): void {
  if (!existsSync(maps)) return;
  const wanted = new Set(globSync(join(bundles, '*', '*', 'index.mjs')).map((file) => nameOf(readFileSync(file))));
  for (const name of readdirSync(maps)) if (!wanted.has(name)) rmSync(join(maps, name));
}
