import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { stageNames } from '#infra/config.ts';
import { synthesize } from '#test/infra/support/synthesized.ts';
import { terraformEnvironment, terraformIn } from './terraform.ts';

const folder = mkdtempSync(join(tmpdir(), 'booking-validate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const environment = terraformEnvironment(folder);
const reason = typeof environment === 'string' ? environment : undefined;

describe('terraform validate', () => {
  (reason === undefined ? it.each : it.skip.each)(stageNames)(
    `accepts the stack of stage %s${reason === undefined ? '' : ` (skipped: ${reason})`}`,
    async (STAGE) => {
      const terraform = terraformIn(folder, environment as NodeJS.ProcessEnv);
      const stack = synthesize({ STAGE });
      writeFileSync(join(folder, 'cdk.tf.json'), stack.text);
      copyFileSync(join(stack.folder, '.terraform.lock.hcl'), join(folder, '.terraform.lock.hcl'));

      // Fails where the provider that is installed has none of the lock file's hashes.
      await terraform('init', '-backend=false', '-input=false', '-lockfile=readonly');
      const verdict = JSON.parse(await terraform('validate', '-json'));

      expect(verdict).toMatchObject({ valid: true, error_count: 0 });
    },
    120_000,
  );
});
