import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { projectRoot } from '#infra/paths.ts';
import { openTerraform } from '../../localstack/deploy/terraform.ts';
import { terraformEnvironment } from './terraform.ts';

const folder = mkdtempSync(join(tmpdir(), 'booking-forget-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const environment = terraformEnvironment(folder);
const reason = typeof environment === 'string' ? environment : undefined;

describe('a resource that is forgotten', () => {
  (reason === undefined ? it : it.skip)(
    `is no longer Terraform's, and the others still are${reason === undefined ? '' : ` (skipped: ${reason})`}`,
    async () => {
      // Terraform has this type by itself: no provider is started.
      const resource = { terraform_data: { Queue: {}, Policy: { input: `\${terraform_data.Queue.id}` } } };
      writeFileSync(join(folder, 'stack.tf.json'), JSON.stringify({ resource }));
      const terraform = await openTerraform(folder, projectRoot);
      await terraform.init();
      await terraform.plan();
      await terraform.apply(2, () => undefined);

      await terraform.forget(['terraform_data.Policy']);

      expect(await terraform.resources()).toEqual(['terraform_data.Queue']);
      expect(await terraform.destroy(1, () => undefined)).toBe(1);
      expect(await terraform.resources()).toEqual([]);
    },
    60_000,
  );
});
