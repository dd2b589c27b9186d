import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { functionsOf } from '#infra/saga-functions.ts';
import { readSaga } from '../../statemachine/tools/asl.ts';
import type { Guard, Killer, Removal } from './guard.ts';
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
const machineTests = [
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

/**
 * Runs tests in a copy that lacks the guard. One that fails in the whole copy, too, says nothing.
 * @param tests all that are about it, unless told
 */
export function killerAmongTests({ name, without }: Guard, tests = testsOf(without)): Killer | undefined {
  if (!existsSync(copy)) makeCopy();
  const changed = changedFile(name, without);
  const kept = changed && readFileSync(`${copy}/${changed.file}`, 'utf8');
  if (changed !== undefined) writeFileSync(`${copy}/${changed.file}`, changed.text);
  const failed = failuresOf(tests, without.of === 'write' ? { WEAKENED: JSON.stringify(without) } : {});
  if (changed !== undefined) writeFileSync(`${copy}/${changed.file}`, kept ?? '');
  if (failed.length === 0) return undefined;
  const anyway = new Set(failuresOf([...new Set(failed.map(({ file }) => file))], {}).map(({ test }) => test));
  const killer = failed.find(({ test }) => !anyway.has(test));
  return killer && { by: 'test', ...killer };
}

function failuresOf(tests: readonly string[], variables: Record<string, string>) {
  const flags = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
  const options = ['--json', '--outputFile', 'report.json', '--runInBand', '--silent'];
  spawnSync(process.execPath, [...flags, '--config', 'test/guards/jest.config.mjs', ...options], {
    cwd: copy,
    env: { ...process.env, ...variables, TESTS: tests.join(';') },
  });
  const { testResults } = JSON.parse(readFileSync(`${copy}/report.json`, 'utf8')) as Report;
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => ({ file: name.slice(name.indexOf('/test/') + 1), test: fullName })),
  );
}

function changedFile(name: string, without: Removal): { readonly file: string; readonly text: string } | undefined {
  if (without.of === 'code') {
    const { file, find, put } = without;
    return { file, text: readFileSync(file, 'utf8').replace(find, () => put) };
  }
  // The guard's own definition is the rendered one.
  const guard = machineGuards(readSaga()).find((one) => one.name === name);
  if (guard?.without.of !== 'machine') return undefined;
  return { file: definition, text: JSON.stringify(guard.without.definition(), null, 2) };
}

const rooms: ReadonlyMap<string, string> = new Map(
  functionsOf({ demoRoutes: true }).map(({ name, room }) => [name, room]),
);

/** Rooms of stores whose conditions a function's own room does not have. */
const storesOf: Readonly<Record<string, readonly string[]>> = {
  bookings: ['booking/cancelling', 'booking/accepting'],
  graphql: ['booking/editing', 'booking/accepting', 'booking/cancelling'],
  'redrive-booking': ['notification'],
};

function testsOf(without: Removal): readonly string[] {
  if (without.of === 'machine') return machineTests;
  const folders =
    without.of === 'code'
      ? [dirname(without.file), ...(without.file.startsWith('schema/') ? ['functions/booking/redriving'] : [])]
      : (storesOf[without.functionName] ?? [rooms.get(without.functionName) ?? '', 'shared']).map(
          (room) => `functions/${room}`,
        );
  return [...new Set(folders.map(testFolderOf))].map((folder) => `${folder}/*.test.ts`);
}

/** `functions/shared/saga` → `test/unit/functions/shared`, since tests have fewer folders. */
const testFolderOf = (folder: string): string =>
  existsSync(`test/unit/${folder}`) ? `test/unit/${folder}` : testFolderOf(dirname(folder));

function makeCopy(): void {
  const isSource = (path: string): boolean => !/(^|\/)(node_modules|\.local)$/.test(path);
  for (const name of copied) cpSync(name, `${copy}/${name}`, { recursive: true, filter: isSource });
  for (const name of linked.filter(existsSync)) symlinkSync(`${process.cwd()}/${name}`, `${copy}/${name}`);
}

export const removeCopy = (): void => rmSync(copy, { recursive: true, force: true });
