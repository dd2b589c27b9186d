/**
 * `npm run conformance`: runs cases that were recorded on AWS, prints how many of them agree, and fails where the differences are
 * not those of `known.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Cases } from './cases.ts';
import { choicesOf, intrinsicsOf, patternsOf } from './extract.ts';
import { KNOWN } from './known.ts';
import { SUITES } from './suites.ts';

const usage = `npm run conformance -- [options]    compares the local cloud with what AWS answered

  --from DIR   takes the cases out of a checkout of localstack/localstack, not those of test/conformance/cases
  --write      keeps those cases in test/conformance/cases
  --help       this text`;

const names: readonly (keyof Cases)[] = ['choices', 'intrinsics', 'patterns'];
const fileOf = (name: string) => join(import.meta.dirname, 'cases', `${name}.jsonl`);

function read(from: string | undefined): Cases {
  if (from !== undefined) {
    return { choices: choicesOf(from), intrinsics: intrinsicsOf(from), patterns: patternsOf(from) };
  }
  const linesOf = (name: string) => readFileSync(fileOf(name), 'utf8').trim().split('\n');
  const kept = names.map((name) => [name, linesOf(name).map((line) => JSON.parse(line))]);
  return Object.fromEntries(kept) as Cases;
}

async function main(): Promise<void> {
  const options = { from: { type: 'string' }, write: { type: 'boolean' }, help: { type: 'boolean' } } as const;
  const { from, write, help } = parseArgs({ options }).values;
  if (help) return console.log(usage);
  const cases = read(from);
  for (const name of names) {
    const results = await SUITES[name](cases);
    const different = results.filter(({ difference }) => difference !== undefined);
    console.log(`${name}: ${results.length - different.length} of ${results.length} as on AWS`);
    for (const { name: one, difference } of different) {
      const reason = KNOWN[one];
      console.log(`  ${reason === undefined ? 'DIFFERS ' : 'known   '}${one}: ${reason ?? difference}`);
      if (reason === undefined) process.exitCode = 1;
    }
    if (write) writeFileSync(fileOf(name), cases[name].map((one) => `${JSON.stringify(one)}\n`).join(''));
  }
}

await main();
