import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { projectRoot } from '#infra/paths.ts';

const folder = mkdtempSync(join(tmpdir(), 'booking-bootstrap-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const calls = join(folder, 'calls');
const script = join(projectRoot, 'infra', 'operations', 'bootstrap-state.sh');
const settings = { TF_STATE_BUCKET: 'states-of-ours', AWS_ACCOUNT_ID: '123456789012', AWS_REGION: 'eu-west-1' };

/** An AWS CLI that notes what it is asked for, in an account that has the bucket or has not. */
function awsCli({ hasBucket = false, account = settings.AWS_ACCOUNT_ID, nameTaken = false } = {}): void {
  const file = join(folder, 'aws');
  writeFileSync(
    file,
    `#!/usr/bin/env bash
printf '%s\\n' "$*" >> '${calls}'
case "$*" in
  'sts get-caller-identity'*) echo ${account} ;;
  's3api head-bucket'*) exit ${hasBucket ? 0 : 254} ;;
  's3api create-bucket'*) exit ${nameTaken ? 254 : 0} ;;
esac
`,
  );
  chmodSync(file, 0o755);
}

const run = (environment: Readonly<Record<string, string>> = settings) =>
  spawnSync('bash', [script], {
    encoding: 'utf8',
    env: { PATH: `${folder}:/usr/bin:/bin`, ...environment },
  });
const asked = (): string[] => readFileSync(calls, 'utf8').trim().split('\n');
const operations = (): (string | undefined)[] => asked().map((line) => line.split(' ')[1]);

beforeEach(() => {
  writeFileSync(calls, '');
  awsCli();
});

describe('npm run bootstrap:state', () => {
  it('given no bucket, then it makes one in the region, with versions, encryption and no public access', () => {
    const { status, stderr } = run();

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(operations()).toEqual([
      'get-caller-identity',
      'head-bucket',
      'create-bucket',
      'put-public-access-block',
      'put-bucket-versioning',
      'put-bucket-encryption',
      'put-bucket-policy',
    ]);
    const [, , create, block, versioning, encryption, policy] = asked();
    expect(create).toContain('--create-bucket-configuration LocationConstraint=eu-west-1');
    expect(block).toMatch(
      /BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true/,
    );
    expect(versioning).toContain('Status=Enabled');
    expect(encryption).toContain('"SSEAlgorithm":"AES256"');
    expect(JSON.parse(policy?.split('--policy ')[1] ?? '').Statement).toMatchObject([
      { Effect: 'Deny', Resource: ['arn:aws:s3:::states-of-ours', 'arn:aws:s3:::states-of-ours/*'] },
    ]);
  });

  it('given the bucket, then it makes none and brings it into the same shape', () => {
    awsCli({ hasBucket: true });

    expect(run().status).toBe(0);
    expect(operations()).not.toContain('create-bucket');
    expect(operations()).toContain('put-bucket-versioning');
  });

  it('names the expected owner in every request for a bucket, which may belong to another account', () => {
    run();

    for (const line of asked().filter((each) => each.startsWith('s3api') && !each.startsWith('s3api create'))) {
      expect(line).toContain('--expected-bucket-owner 123456789012');
    }
  });

  it('given us-east-1, then it names no constraint, which S3 would refuse', () => {
    expect(run({ ...settings, AWS_REGION: 'us-east-1' }).status).toBe(0);
    expect(asked().join('\n')).not.toContain('LocationConstraint');
  });

  it('given the state’s own region, then the bucket is there', () => {
    run({ ...settings, TF_STATE_REGION: 'eu-central-1' });

    expect(
      asked()
        .filter((line) => line.startsWith('s3api'))
        .every((line) => line.includes('--region eu-central-1')),
    ).toBe(true);
  });

  it.each([
    ['no bucket', { TF_STATE_BUCKET: '' }, /set TF_STATE_BUCKET/],
    ['no account', { AWS_ACCOUNT_ID: '' }, /set AWS_ACCOUNT_ID/],
  ])('given %s, then it asks for it and does nothing', (_what, change, message) => {
    const { status, stderr } = run({ ...settings, ...change });

    expect(status).toBe(1);
    expect(stderr).toMatch(message);
    expect(asked()).toEqual(['']);
  });

  it('given credentials of another account, then it does nothing', () => {
    awsCli({ account: '210987654321' });
    const { status, stderr } = run();

    expect([status, stderr]).toEqual([1, expect.stringContaining('the credentials are of account 210987654321')]);
    expect(operations()).toEqual(['get-caller-identity']);
  });

  it('given a name that is taken, then it says so and changes nothing', () => {
    awsCli({ nameTaken: true });
    const { status, stderr } = run();

    expect([status, stderr]).toEqual([1, expect.stringContaining('the name may be taken')]);
    expect(operations().filter((name) => name?.startsWith('put-'))).toEqual([]);
  });

  it('is a script that bash can read', () => {
    expect(() => execFileSync('bash', ['-n', script])).not.toThrow();
  });
});
