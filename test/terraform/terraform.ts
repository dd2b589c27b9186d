import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '#infra/paths.ts';

/** The environment in which Terraform finds its providers, or why there is none. `folder` takes its configuration. */
export function terraformEnvironment(folder: string): NodeJS.ProcessEnv | string {
  try {
    execFileSync('terraform', ['version'], { stdio: 'ignore' });
  } catch {
    return 'terraform is not on the PATH';
  }
  const { TF_CLI_CONFIG_FILE } = process.env;
  if (TF_CLI_CONFIG_FILE && existsSync(TF_CLI_CONFIG_FILE)) return process.env;
  // GitHub's runners reach the registry; anywhere else an `init` without a mirror may hang.
  if (process.env.GITHUB_ACTIONS === 'true') return process.env;
  const script = join(projectRoot, '..', 'shared', 'terraform-rc.sh');
  if (!existsSync(script))
    return 'no provider mirror: point TF_CLI_CONFIG_FILE to a configuration that knows where the providers are';
  try {
    const file = join(folder, 'terraform.rc');
    execFileSync('bash', [script, file], { stdio: 'ignore' });
    return { ...process.env, TF_CLI_CONFIG_FILE: file };
  } catch {
    return `${script} found no provider mirror`;
  }
}

/** Terraform in a folder; a command that fails throws with what it printed. */
export function terraformIn(folder: string, environment: NodeJS.ProcessEnv) {
  const own = { CHECKPOINT_DISABLE: '1', NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' };
  return async (...args: string[]): Promise<string> => {
    try {
      const options = { env: { ...environment, ...own }, maxBuffer: 64 * 1024 * 1024 };
      return (await promisify(execFile)('terraform', [`-chdir=${folder}`, ...args], options)).stdout;
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      throw new Error(`terraform ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
    }
  };
}
