import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const folder = '.local/awscli';
const runs = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'inherit' }).status === 0;

/**
 * Installs the AWS CLI for the tests that use the local cloud as its users do, and answers the folder that it is in. Undefined
 * where it is on the PATH already, or where Python is missing: those tests are skipped then, and say so.
 */
export function installAwsCli(): string | undefined {
  if (spawnSync('aws', ['--version']).error === undefined) return undefined;
  if (spawnSync('python3', ['--version']).error !== undefined) return undefined;
  const isInstalled =
    existsSync(`${folder}/bin/aws`) ||
    (runs('python3', '-m', 'venv', folder) && runs(`${folder}/bin/pip`, 'install', '--quiet', 'awscli>=1.44,<2'));
  return isInstalled ? `${folder}/bin` : undefined;
}
