import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { stageNames } from '#infra/config.ts';
import { projectRoot } from '#infra/paths.ts';
import { synthesize } from './support/synthesized.ts';

const folder = mkdtempSync(join(tmpdir(), 'booking-validate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The environment in which Terraform finds its providers, or why there is none. */
function terraformEnvironment(): NodeJS.ProcessEnv | string {
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

const environment = terraformEnvironment();
const reason = typeof environment === 'string' ? environment : undefined;

describe('terraform validate', () => {
  (reason === undefined ? it.each : it.skip.each)(stageNames)(
    `accepts the stack of stage %s${reason === undefined ? '' : ` (skipped: ${reason})`}`,
    (STAGE) => {
      const terraform = (...args: string[]): string =>
        execFileSync('terraform', [`-chdir=${folder}`, ...args], {
          encoding: 'utf8',
          env: environment as NodeJS.ProcessEnv,
          stdio: 'pipe',
        });
      const stack = synthesize({ STAGE });
      writeFileSync(join(folder, 'cdk.tf.json'), stack.text);
      copyFileSync(join(stack.folder, '.terraform.lock.hcl'), join(folder, '.terraform.lock.hcl'));

      // Fails where the provider that is installed has none of the lock file's hashes.
      terraform('init', '-backend=false', '-input=false', '-lockfile=readonly');
      const verdict = JSON.parse(terraform('validate', '-json'));

      expect(verdict).toMatchObject({ valid: true, error_count: 0 });
    },
    120_000,
  );
});
