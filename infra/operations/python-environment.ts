import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../paths.ts';

/**
 * The folder of the commands of a Python environment below `.local`, with what the requirements name. It is made where it is
 * not there, or where the requirements have changed.
 * @throws Error where Python is missing or too old, or a package cannot be had
 */
export function pythonEnvironment(name: string, requirementsFile: string): string {
  const folder = join(projectRoot, '.local', name);
  const bin = join(folder, 'bin');
  const marker = join(folder, 'installed.txt');
  const wanted = readFileSync(requirementsFile, 'utf8');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return bin;
  console.log(`Installing ${name} to .local/${name} …`);
  mkdirSync(join(projectRoot, '.local'), { recursive: true });
  run('python3', '-m', 'venv', '--clear', folder);
  run(join(bin, 'pip'), 'install', '-qq', '--disable-pip-version-check', '-r', requirementsFile);
  writeFileSync(marker, wanted);
  return bin;
}

function run(command: string, ...args: string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status === 0) return;
  throw new Error(
    `${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}: Python 3.10 or newer has to be there`,
  );
}
