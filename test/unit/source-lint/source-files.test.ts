import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '#infra/paths.ts';
import { projectEntries } from '#infra/source-lint/project-files.ts';
import { resolver } from '#infra/source-lint/resolve.ts';
import { readSourceFiles, sourceFile } from '#infra/source-lint/source-files.ts';
import { isFullLoad } from '#test/support/load.ts';

describe('imports of a file', () => {
  const imports = {
    '#schema/*': './schema/*',
    '#payment-provider': {
      stripe: './functions/payment/stripe/provider.ts',
      default: './functions/payment/ledger-provider.ts',
    },
  };
  const resolve = resolver({
    has: (path) => path !== 'functions/package.json' && !path.includes('gone'),
    read: () => JSON.stringify({ imports }),
  });
  const read = (text: string) => sourceFile('functions/a.ts', text, resolve);

  it.each([
    ["import type { B } from './b.ts';", ['functions/b.ts']],
    ["import {\n  a,\n  type B,\n} from '../infra/b.ts';", ['infra/b.ts']],
    ["export { b } from './b.ts';", ['functions/b.ts']],
    ["import './b.ts';", ['functions/b.ts']],
    [`const b = await ${'import'}('./b.ts');`, ['functions/b.ts']],
    ["import { keys } from '#schema/table.ts';", ['schema/table.ts']],
    [
      "import { paymentGateway } from '#payment-provider';",
      ['functions/payment/stripe/provider.ts', 'functions/payment/ledger-provider.ts'],
    ],
    ["import * as z from 'zod/mini';", ['zod/mini']],
    ["const text = 'import it from here';", []],
    [`const code = \`import { leg } from '#functions/\${leg}/leg.ts';\`;`, []],
  ])('%j', (text, expected) => {
    expect(read(text)).toMatchObject({ imports: expected, isComputed: false, problems: [] });
  });

  it('are each a file that is there, or a sentence', () => {
    expect(read("import './gone.ts';\nimport './b.ts';")).toMatchObject({
      imports: ['functions/b.ts'],
      problems: [expect.stringContaining("functions/a.ts imports './gone.ts', but there is no functions/gone.ts")],
    });
  });

  it.each([
    ['export const handler = middy(run);', true],
    ['const handler = middy(run);\nexport { handler };', true],
    ['export {\n  run,\n  reserve as handler,\n};', true],
    ['export async function handler(event: object) {}', true],
    ['export const handlers = 1;', false],
    ['export interface Entry {\n  readonly handler: string;\n}', false],
    ['export const run = (handler: string) => handler;\nconst handler = 1;', false],
    ['export function run(handler: string): void {}', false],
  ])('make %j the entry of a function: %j', (text, isEntry) => {
    expect(read(text).isHandler).toBe(isEntry);
  });

  it('may be computed', () => {
    expect(read('await import(file);').isComputed).toBe(true);
  });

  it('are read of every file of this repository, to files that are there', () => {
    const entries = projectEntries(projectRoot).files;
    const names = new Set(entries);
    // A sixth by default, and all with LOAD=full, as `npm run lint:source` reads them.
    const files = readSourceFiles(
      projectRoot,
      entries.filter((_, index) => isFullLoad || index % 6 === 0),
    );
    const all = files.flatMap((source) => source.imports);
    const local = all.filter((target) => /^[a-z]+\/.*\.(ts|mjs)$/.test(target));

    expect(files.length).toBeGreaterThan(isFullLoad ? 1_500 : 250);
    expect(local.length).toBeGreaterThan(isFullLoad ? 5_000 : 900);
    expect(local.filter((target) => !names.has(target))).toEqual([]);
    expect(all.filter((target) => target.startsWith('#'))).toEqual([]);
    expect(files.flatMap(({ problems }) => problems)).toEqual([]);
    // Data that code imports is judged as code is.
    expect(names).toContain('schema/openapi.json');
    expect(names).toContain('localstack/embedded/main.mjs');
    expect(names).toContain('test/support/jest/environment.cjs');
    expect(names).toContain('jest.config.mjs');
  });
});
