import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readLegFiles } from '#infra/leg-files.ts';
import { cruise } from '#test/support/cruise.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'leg-files-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** A record that imports nothing, since the folder is not the project's. */
const record = (name: string): string => {
  const { source: _, fields: __, ...rest } = { ...cruise, name };
  return `{
    ...${JSON.stringify(rest)},
    fields: { ship: text, sails_at: text, lands_at: text },
    source: { from: 'request', price: { said: '1.00 a trip', of: () => 1 } },
  }`;
};
const ofRecords = `const defineLeg = (leg) => leg;
const schema = { safeParse: (value) => ({ success: typeof value === 'string' && value !== '' }) };
const text = { run: schema, request: schema };
`;
const leg = (name: string): string => `export const ${name} = defineLeg(${record(name)});\n`;

async function problemsOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return (await readLegFiles(root)).problems;
}

it('finds no problem in the legs of this project', async () => {
  expect((await readLegFiles()).problems).toEqual([]);
});

it('finds no problem where each file has one record, and helpers of its own', async () => {
  expect(
    await problemsOf({
      'functions/cruise/leg.ts': `${ofRecords}// As defineLeg( says.\nexport const decks = { lower: 1 };\n${leg('cruise')}`,
      'functions/ferry/leg.ts': ofRecords + leg('ferry'),
      'functions/trip/define-leg.ts': 'export function defineLeg(leg) { return leg; }',
    }),
  ).toEqual([]);
});

describe('says where a record is that nothing looks for', () => {
  const two = 'functions/cruise/leg.ts: defines 2 legs: give each a file of its own, functions/<name>/leg.ts';
  it.each<[string, string, string]>([
    ['a second export', 'functions/cruise/leg.ts', `${ofRecords}${leg('cruise')}${leg('ferry')}`],
    [
      'a second one that is not exported',
      'functions/cruise/leg.ts',
      `${ofRecords}${leg('cruise')}void defineLeg(${record('ferry')});`,
    ],
    [
      'a copy without a call',
      'functions/cruise/leg.ts',
      `${ofRecords}${leg('cruise')}export const ferry = { ...cruise, name: 'ferry' };`,
    ],
  ])('%s', async (_, file, text) => {
    expect(await problemsOf({ [file]: text })).toEqual([two]);
  });

  it.each(['functions/ferry/record.ts', 'functions/cruise/ferry/leg.ts', 'functions/ferry.ts'])(
    'a file of another place: %s',
    async (file) => {
      expect(await problemsOf({ [file]: ofRecords + leg('ferry') })).toEqual([
        `${file}: defines a leg, and only functions/<name>/leg.ts is looked into: move it there`,
      ]);
    },
  );
});

it('says what the record has to be exported as', async () => {
  expect(await problemsOf({ 'functions/ferry/leg.ts': ofRecords + leg('cruise') })).toEqual([
    'functions/ferry/leg.ts: exports "cruise": its record has to be exported as "ferry", as the folder is',
  ]);
});

it.each([
  ["'no insurer'", "it throws 'no insurer', which is no Error"],
  ['null', 'it throws null, which is no Error'],
  ["new Error('no insurer')", 'no insurer'],
])('names the file that throws %s as it loads', async (thrown, reason) => {
  const [problem, ...others] = await problemsOf({ 'functions/cruise/leg.ts': `throw ${thrown};\n` });

  expect(problem).toMatch(/^functions\/cruise\/leg\.ts/);
  expect(problem).toContain(`cannot be loaded: ${reason}`);
  expect(others).toEqual([]);
});
