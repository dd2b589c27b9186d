import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readSaga } from '../../statemachine/tools/asl.ts';
import type { Killer } from './guard.ts';
import { machineGuards } from './machine-guards.ts';

const copy = '.local/guards-copy';
const copied = [
  'functions',
  'infra',
  'schema',
  'statemachine',
  'test',
  'localstack',
  'jest.config.mjs',
  'package.json',
];
const linked = ['node_modules', 'localstack/embedded/node_modules'];
/** Of what the lint does not judge: they run the machine with fake steps, or its expressions with a table. */
const tests = [
  'test/machine/{booking-saga,cancel-run,compensation}.test.ts',
  'test/unit/statemachine/{retries,seats,saga-file,longest-run}.test.ts',
];
const definition = 'statemachine/booking-saga.asl.json';

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Runs the tests of the machine in a copy whose definition lacks the guard. */
export function killerAmongTests(name: string): Killer | undefined {
  const guard = machineGuards(readSaga()).find((one) => one.name === name);
  if (guard?.without.of !== 'machine') return undefined;
  if (!existsSync(copy)) makeCopy();
  writeFileSync(`${copy}/${definition}`, JSON.stringify(guard.without.definition(), null, 2));
  const flags = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
  const options = [
    '--config',
    'test/mutation/jest.config.mjs',
    '--json',
    '--outputFile',
    'report.json',
    '--runInBand',
    '--silent',
  ];
  spawnSync(process.execPath, [...flags, ...options], { cwd: copy, env: { ...process.env, TESTS: tests.join(';') } });
  const { testResults } = JSON.parse(readFileSync(`${copy}/report.json`, 'utf8')) as Report;
  for (const { name: file, assertionResults } of testResults) {
    const failed = assertionResults.find(({ status }) => status === 'failed');
    if (failed !== undefined)
      return { by: 'test', file: file.slice(file.indexOf('/test/') + 1), test: failed.fullName };
  }
  return undefined;
}

function makeCopy(): void {
  const isSource = (path: string): boolean => !/(^|\/)(node_modules|\.local)$/.test(path);
  for (const name of copied) cpSync(name, `${copy}/${name}`, { recursive: true, filter: isSource });
  for (const name of linked.filter(existsSync)) symlinkSync(`${process.cwd()}/${name}`, `${copy}/${name}`);
}

export const removeCopy = (): void => rmSync(copy, { recursive: true, force: true });
