import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { pythonEnvironment } from '#infra/operations/python-environment.ts';

const requirements = fileURLToPath(new URL('./aws-cli-requirements.txt', import.meta.url));

/**
 * Installs the AWS CLI for the tests that use the local cloud as its users do, and answers the folder that it is in. Undefined
 * where it is on the PATH already, or where it cannot be had: those tests are skipped then, and say so.
 */
export function installAwsCli(): string | undefined {
  if (spawnSync('aws', ['--version']).error === undefined) return undefined;
  if (spawnSync('python3', ['--version']).error !== undefined) return undefined;
  try {
    return pythonEnvironment('awscli', requirements);
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    return undefined;
  }
}
