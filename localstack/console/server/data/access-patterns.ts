/** The service's access patterns, read from the one place that lists them. */
import { readFileSync } from 'node:fs';
import type { AccessPattern } from '../../model/data.ts';

let known: ReadonlyMap<string, AccessPattern> | undefined;

/** @throws Error where the list has none of that id */
export function accessPattern(id: string): AccessPattern {
  known ??= read();
  const pattern = known.get(id);
  if (pattern === undefined) throw new Error(`schema/table.ts lists no access pattern ${id}`);
  return pattern;
}

function read(): ReadonlyMap<string, AccessPattern> {
  const source = readFileSync(new URL('../../../../schema/table.ts', import.meta.url), 'utf8');
  const rows = [...source.matchAll(/^ \* \| (AP\d+) \| (.*?) \| (.*?) \|$/gm)];
  return new Map(rows.map(([, id = '', what = '', how = '']) => [id, { id, what, how: how.replaceAll('`', '') }]));
}
