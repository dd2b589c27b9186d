/**
 * `npm run conformance`: runs cases that were recorded on AWS, prints how many of them agree, and fails where the differences are
 * not those of `known.ts`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argumentsOf } from '../arguments.ts';
import type { Cases, Result } from './cases.ts';
import { runDynamoDbTests } from './dynamodb.ts';
import { choicesOf, intrinsicsOf, patternsOf } from './extract.ts';
import { reasonFor } from './known.ts';
import { SUITES } from './suites.ts';

const usage = `npm run conformance -- [options]    compares the local cloud with what AWS answered

  --from DIR       takes the cases out of a checkout of localstack/localstack, not those of test/conformance/cases
  --write          keeps those cases in test/conformance/cases
  --dynamodb DIR   runs the tests of a checkout of nubo-db/dynamodb-conformance, with its dependencies, in their place
  --help           this text`;

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
  const options = {
    from: { type: 'string' },
    dynamodb: { type: 'string' },
    write: { type: 'boolean' },
  } as const;
  const { from, dynamodb, write } = argumentsOf('conformance', usage, options, (given) => {
    if (given.dynamodb !== undefined && (given.from ?? given.write)) return '--dynamodb takes no other option';
    if (given.write && given.from === undefined) return '--write keeps the cases of --from DIR: name it';
    const folder = given.from ?? given.dynamodb;
    return folder === undefined || existsSync(folder) ? undefined : `there is no folder ${folder}`;
  });
  if (dynamodb !== undefined) return tell('DynamoDB', await runDynamoDbTests(dynamodb));
  const cases = read(from);
  for (const name of names) {
    tell(name, await SUITES[name](cases));
    if (write) writeFileSync(fileOf(name), cases[name].map((one) => `${JSON.stringify(one)}\n`).join(''));
  }
}

function tell(suite: string, results: readonly Result[]): void {
  const different = results.filter(({ difference }) => difference !== undefined);
  console.log(`${suite}: ${results.length - different.length} of ${results.length} as on AWS`);
  for (const { name, difference } of different) {
    const reason = reasonFor(name);
    console.log(`  ${reason === undefined ? 'DIFFERS ' : 'known   '}${name}: ${reason ?? difference}`);
    if (reason === undefined) process.exitCode = 1;
  }
}

await main();
