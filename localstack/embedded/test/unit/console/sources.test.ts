import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSources } from '#embedded/console/sources.ts';

let folder: string;
let bundle: string;
let maps: string;
const code = 'first();\nsecond();\n';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sources-'));
  bundle = join(folder, 'index.mjs');
  maps = join(folder, 'maps');
  mkdirSync(maps);
  writeFileSync(bundle, code);
  // Line 1 is line 1 of a dependency, line 2 is line 3 of our own file.
  const map = { version: 3, sources: ['../node_modules/dep/a.js', '../src/pay.ts'], names: [], mappings: 'AAAA;ACEA' };
  const hash = createHash('sha256').update(code).digest('hex');
  writeFileSync(join(maps, `${hash}.map`), JSON.stringify(map));
});

afterAll(() => rmSync(folder, { recursive: true }));

const stackOf = (...lines: readonly number[]): string[] => [
  'Error: no',
  '    at async node:internal/modules/esm/loader:647:26',
  ...lines.map((line) => `    at run (${pathToFileURL(bundle)}:${line}:1)`),
];

describe('the place of an error', () => {
  it('is the first line of the author’s own, past dependencies', () => {
    expect(createSources(maps)(stackOf(1, 2))).toBe(`${relative(process.cwd(), join(folder, 'src/pay.ts'))}:3`);
  });

  it('is the bundle’s line where there is no map, or nothing of the author’s', () => {
    expect(createSources(undefined)(stackOf(2))).toBe(`${bundle}:2:1`);
    expect(createSources(folder)(stackOf(2))).toBe(`${bundle}:2:1`);
    expect(createSources(maps)(stackOf(1))).toBe(`${bundle}:1:1`);
  });

  it.each([
    [[]],
    [['Error: no']],
    [['Error: no', '    at find (file:///t/worker-2cf621adc49a05ce/handler.mjs:38:11)']],
  ])('is none in %j', (stack) => {
    expect(createSources(maps)(stack)).toBeUndefined();
  });

  it('is found in frames without parentheses, and of a bundle that was loaded under a query', () => {
    expect(createSources(maps)([`    at ${pathToFileURL(bundle)}:2:1`])).toMatch(/pay\.ts:3$/);
    expect(createSources(maps)([`    at f (${pathToFileURL(bundle)}?environment=2:2:1)`])).toMatch(/pay\.ts:3$/);
  });
});
