import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { projectRoot } from '#infra/paths.ts';

const folder = mkdtempSync(join(tmpdir(), 'bare-clone-'));
afterAll(() => rmSync(folder, { recursive: true }));

const guard = './infra/refuse-bare-clone.mjs';

/** A script of a clone, behind the guard. */
function scriptOfClone(): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', guard, '-e', 'console.log("runs")'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, said: stdout + stderr };
}

it('a script of a bare clone ends with one line that says npm ci, and runs once that has been', () => {
  for (const file of [
    'package.json',
    'infra/refuse-bare-clone.mjs',
    'infra/refuse-old-node.mjs',
    'infra/node-version.mjs',
  ]) {
    cpSync(join(projectRoot, file), join(folder, file));
  }
  expect(scriptOfClone()).toEqual({ code: 1, said: 'The packages are not installed yet: run npm ci first.\n' });

  mkdirSync(join(folder, 'node_modules'));
  writeFileSync(join(folder, 'node_modules', '.package-lock.json'), '{}');
  expect(scriptOfClone()).toEqual({ code: 0, said: 'runs\n' });
});

it('every script of the README stands behind that guard, but for the doctor, which says so itself', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const named = [...readFileSync('README.md', 'utf8').matchAll(/npm (?:run (?:-s )?)?([a-z:]+)/g)].map(
    ([, name]) => name,
  );
  const ours = [...new Set(named)].filter((name) => name !== undefined && name in scripts && name !== 'doctor');

  expect(ours).toEqual(expect.arrayContaining(['start', 'test', 'trip', 'plan:review']));
  expect(ours.filter((name) => !scripts[name ?? '']?.startsWith(`node --import ${guard} `))).toEqual([]);
});
