import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '#infra/paths.ts';

export const here = fileURLToPath(new URL('.', import.meta.url));

/** Generators, what they made, and the programs that use it. */
export const workFolder = join(projectRoot, '.local', 'clients');

/** Installs the generators that npm has, once. They are heavy, so the project itself does not depend on them. */
export function installNpmTools(): void {
  const [wanted, installed] = [join(here, 'tools', 'package.json'), join(workFolder, 'package.json')];
  const isThere =
    existsSync(join(workFolder, 'node_modules', '.package-lock.json')) &&
    readFileSync(wanted, 'utf8') === readFileSync(installed, 'utf8');
  if (isThere) return;
  console.log('Installing generators of clients to .local/clients …');
  mkdirSync(workFolder, { recursive: true });
  copyFileSync(wanted, installed);
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--no-package-lock']);
}

/**
 * What it prints, errors included. It runs in the work folder.
 * @throws Error with what it printed, where it fails
 */
export function run(
  command: string,
  args: readonly string[],
  { cwd = workFolder, environment = {} }: { cwd?: string; environment?: Readonly<Record<string, string>> } = {},
): string {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
    encoding: 'utf8',
  });
  if (error) throw error;
  const printed = `${stdout}${stderr}`;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${printed}`);
  return printed;
}

/** A command of an installed package, by the path of its file. */
export const runTool = (file: string, args: readonly string[], options?: Parameters<typeof run>[2]): string =>
  run(process.execPath, [join(workFolder, 'node_modules', file), ...args], options);
