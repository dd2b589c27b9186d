import { describe, expect, it } from '@jest/globals';
import { readPlan } from '#infra/plan-review/reading/read-plan.ts';
import { readStacks } from '#infra/plan-review/reading/read-stacks.ts';
import { textReport } from '#infra/plan-review/report/text.ts';
import { reviewOf } from '#infra/plan-review/review.ts';

const provider = {
  region: 'eu-west-1',
  allowed_account_ids: ['111111111111'],
  default_tags: [{ tags: { Stage: 'prod' } }],
  secret_key: 'hidden',
};
const terraform = {
  backend: { s3: { bucket: 'states', key: 'booking-saga-prod', region: 'eu-west-1', encrypt: true } },
  required_version: '>= 1.10',
  required_providers: { aws: { version: '~> 5.100' } },
};
const fileOf = (ofProvider: object, ofTerraform: object = {}): string =>
  JSON.stringify({
    resource: {},
    provider: { aws: [{ ...provider, ...ofProvider }] },
    terraform: { ...terraform, ...ofTerraform },
  });
const reviewed = (ofProvider: object, ofTerraform: object = {}) =>
  reviewOf(readStacks(fileOf({}), fileOf(ofProvider, ofTerraform)));

describe('settings of two synthesized files', () => {
  it.each([
    [{ region: 'us-east-2' }, {}, 'provider.aws', 'The region changes from eu-west-1 to us-east-2: '],
    [{ allowed_account_ids: ['2'] }, {}, 'provider.aws', 'The account changes from 111111111111 to 2: '],
    [
      { allowed_account_ids: undefined },
      {},
      'provider.aws',
      'Credentials of any account are taken, not only those of 1',
    ],
    [{ assume_role: [{ role_arn: 'arn:r' }] }, {}, 'provider.aws', 'Terraform acts by another role: '],
    [
      {},
      { backend: { s3: { ...terraform.backend.s3, key: 'other' } } },
      'terraform.backend',
      'The state is looked for elsewhere (key booking-saga-prod → other): ',
    ],
    [
      {},
      { backend: undefined },
      'terraform.backend',
      'The state is looked for elsewhere (type s3 → local, bucket states',
    ],
  ])('%j %j put the data out of sight', (ofProvider, ofTerraform, address, sentence) => {
    const review = reviewed(ofProvider, ofTerraform);

    expect(review.dangers).toEqual([
      expect.objectContaining({
        id: `data-out-of-sight:${address}`,
        sentence: expect.stringContaining(sentence),
      }),
    ]);
    expect(textReport(review)).toContain('\nProvider and state\n');
    // Only resources are counted.
    expect(review.counts).toEqual({ create: 0, update: 0, replace: 0, delete: 0 });
  });

  it.each([
    ['one more account is let in', { allowed_account_ids: ['111111111111', '2'] }, {}],
    ['the state is no longer encrypted', {}, { backend: { s3: { ...terraform.backend.s3, encrypt: false } } }],
    ['the provider is another version', {}, { required_providers: { aws: { version: '~> 6.0' } } }],
  ])('%s: told, and not dangerous', (_, ofProvider, ofTerraform) => {
    const review = reviewed(ofProvider, ofTerraform);
    expect(review.dangers).toEqual([]);
    expect(review.groups).toEqual([expect.objectContaining({ heading: 'Provider and state' })]);
  });

  it('counts new default tags in a line, and keeps secrets to itself', () => {
    const report = textReport(
      reviewed({ default_tags: [{ tags: { Stage: 'prod', Owner: 'travel' } }], secret_key: 'other' }),
    );
    expect(report).toContain('Only: all get other default tags.');
    expect(textReport(reviewed({ secret_key: 'other' }))).not.toMatch(/hidden|other/);
  });

  it('says nothing for the same, and nothing beside the first file', () => {
    expect(reviewed({})).toMatchObject({ dangers: [], groups: [] });
    expect(reviewOf(readStacks(undefined, fileOf({}))).groups).toEqual([]);
  });
});

it('flags a plan that no longer finds the table', () => {
  const drift = (type: string) => ({
    address: `${type}.x`,
    type,
    change: { actions: ['delete'], before: { name: 'n' }, after: null },
  });
  const text = JSON.stringify({
    format_version: '1.2',
    resource_changes: [],
    resource_drift: [drift('aws_dynamodb_table'), drift('aws_iam_role')],
  });
  expect(reviewOf(readPlan(text)).dangers).toEqual([
    expect.objectContaining({
      id: 'data-out-of-sight:aws_dynamodb_table.x',
      sentence: expect.stringMatching(/^The table with all bookings is not found any more: /),
    }),
  ]);
});
