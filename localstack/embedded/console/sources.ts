/** Maps a frame of bundled code to its source line. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const frame = /\(?((?:file:\/\/)?\/[^()]*?\.[cm]?js)(?:\?[^:()]*)?:(\d+):(\d+)\)?$/;

/** What runs the author's code in a worker: a handler that is missing is missed there. */
const ofRuntime = /\/worker-[0-9a-f]{16}\/[^/]+$/;

/**
 * Finds the place of a stack's first frame that is the author's own, relative to the working directory.
 * @param mapsFolder holds `<SHA-256 of the bundle, hex>.map` for bundles that have a source map
 */
export function createSources(mapsFolder: string | undefined) {
  const maps = new Map<string, SourceMap | undefined>();

  function mapOf(file: string): SourceMap | undefined {
    if (mapsFolder === undefined) return undefined;
    if (!maps.has(file)) maps.set(file, readMap(file, mapsFolder));
    return maps.get(file);
  }

  return (stack: readonly string[]): string | undefined => {
    let bundled: string | undefined;
    for (const line of stack) {
      const [, url, row, column] = frame.exec(line) ?? [];
      if (url === undefined || ofRuntime.test(url)) continue;
      const file = url.startsWith('file:') ? fileURLToPath(url) : url;
      bundled ??= `${file}:${row}:${column}`;
      const found = mapOf(file)?.findOrigin(Number(row), Number(column));
      if (found === undefined || !('fileName' in found) || found.fileName.includes('node_modules/')) continue;
      return `${relative(process.cwd(), resolve(mapsFolder ?? '', found.fileName))}:${found.lineNumber}`;
    }
    return bundled;
  };
}

function readMap(file: string, folder: string): SourceMap | undefined {
  try {
    const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
    const payload = JSON.parse(readFileSync(join(folder, `${hash}.map`), 'utf8')) as SourceMapPayload;
    return new SourceMap(payload);
  } catch {
    // Without a map the bundle's own line is told.
    return undefined;
  }
}
