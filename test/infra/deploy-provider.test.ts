import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { providerLockFile } from '#infra/paths.ts';
import { type Synthesized, synthesize } from './support/synthesized.ts';

/** The provider version that the bindings were generated from, and so the one whose schema they are true for. */
const { cdktf: bindings } = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('@cdktf/provider-aws/package.json'), 'utf8'),
) as { cdktf: { provider: { version: string } } };

/** Whether `~> major.minor` admits a version: same major, at least that minor. https://developer.hashicorp.com/terraform/language/expressions/version-constraints */
function admits(constraint: string, version: string): boolean {
  const [, major, minor] = /^~> (\d+)\.(\d+)$/.exec(constraint) ?? [];
  const [theirMajor, theirMinor] = version.split('.').map(Number);
  return major !== undefined && theirMajor === Number(major) && Number(theirMinor) >= Number(minor);
}

let stack: Synthesized;

beforeAll(() => {
  stack = synthesize({ STAGE: 'prod' });
});

describe('the provider constraint', () => {
  const constraint = (): string => stack.json.terraform.required_providers.aws.version;

  it('admits the provider of the bindings, and later ones of the same major version', () => {
    const [major, minor] = bindings.provider.version.split('.').map(Number) as [number, number];

    expect(admits(constraint(), bindings.provider.version)).toBe(true);
    expect(admits(constraint(), `${bindings.provider.version}`.replace(/\d+$/, '99'))).toBe(true);
    expect(admits(constraint(), `${major}.${minor + 1}.0`)).toBe(true);
  });

  it('admits none with another schema: neither an older one nor the next major version', () => {
    const [major, minor] = bindings.provider.version.split('.').map(Number) as [number, number];

    expect(admits(constraint(), `${major}.${minor - 1}.0`)).toBe(false);
    expect(admits(constraint(), `${major + 1}.0.0`)).toBe(false);
  });

  it('has a lock beside the stack that every platform can keep to, of the version that the bindings were made from', () => {
    const lock = readFileSync(join(stack.folder, '.terraform.lock.hcl'), 'utf8');
    const hashes = [...lock.matchAll(/"(h1|zh):([\w+/=]+)"/g)];
    const archivesOfPlatforms = hashes.filter(([, kind]) => kind === 'zh');
    const packagesOfPlatforms = hashes.filter(([, kind]) => kind === 'h1');

    expect(lock).toBe(readFileSync(providerLockFile, 'utf8'));
    expect(lock).toContain(`version     = "${bindings.provider.version}"`);
    expect(lock).toContain(`constraints = "${constraint()}"`);
    // Linux and macOS on both processors, and what else HashiCorp publishes; one archive more is the signed manifest.
    expect(packagesOfPlatforms.length).toBeGreaterThanOrEqual(4);
    expect(archivesOfPlatforms.length).toBe(packagesOfPlatforms.length + 1);
    expect(new Set(hashes.map(([text]) => text)).size).toBe(hashes.length);
  });

  it('is the only thing that Terraform has to know from outside', () => {
    expect(Object.keys(stack.json.terraform.required_providers)).toEqual(['aws']);
    expect(stack.json.terraform.required_providers.aws.source).toBe('aws');
    expect(stack.json.terraform.required_version).toMatch(/^>= 1\.\d+$/);
  });
});

describe('every resource that can have tags', () => {
  it('gets project, stage and origin from the provider, so none can be forgotten', () => {
    const { default_tags } = stack.json.provider.aws[0];

    expect(default_tags).toEqual([
      { tags: { Project: 'holiday-booking-saga', Stage: 'prod', ManagedBy: 'terraform' } },
    ]);
    expect(stack.text).not.toMatch(/"tags_all"/);
  });
});
