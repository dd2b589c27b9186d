import { describe, expect, it } from '@jest/globals';
import { dangerRules } from '#infra/plan-review/dangers/rules.ts';
import { readStacks } from '#infra/plan-review/reading/read-stacks.ts';
import { textReport } from '#infra/plan-review/report/text.ts';
import { type Review, reviewOf } from '#infra/plan-review/review.ts';
import { harmlessChanges } from '#test/terraform/plan-review/harmless.ts';
import { planableStack, textAfter } from '#test/terraform/plan-review/planned.ts';
import { plantedDangers } from '#test/terraform/plan-review/planted.ts';
import type { Json } from './support/synthesized.ts';

const { config } = planableStack();
const before = JSON.stringify(config);

const changed = (change: (config: Json) => void): string => textAfter(config, change);

const allowAll = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' }] });

const reviewed = (change: (config: Json) => void): Review => reviewOf(readStacks(before, changed(change)));
const rulesOf = ({ dangers }: Review): string[] => [...new Set(dangers.map(({ rule }) => rule))].sort();

describe('the difference of two synthesized stacks', () => {
  it.each(plantedDangers.map((danger) => [danger.name, danger] as const))('flags %s, and nothing else', (_, danger) => {
    expect(rulesOf(reviewed(({ resource }) => danger.plant(resource)))).toEqual([danger.rule]);
  });

  it('flags each of them beside all the others', () => {
    const review = reviewed(({ resource }) => {
      for (const { plant } of plantedDangers) plant(resource);
    });
    expect(rulesOf(review)).toEqual([...new Set(plantedDangers.map(({ rule }) => rule))].sort());
  });

  it.each(harmlessChanges.map(({ name, make }) => [name, make] as const))('flags nothing for %s', (_, make) => {
    expect(reviewed(make).dangers).toEqual([]);
  });

  it('says nothing about one more tag, and counts a policy that is spelled in another way', () => {
    const [tag, ...others] = harmlessChanges;
    expect(reviewed((whole) => tag?.make(whole))).toMatchObject({
      dangers: [],
      groups: [],
      policies: [],
      machine: undefined,
    });
    const split = others.find(({ name }) => name === 'a statement for each action');
    const review = reviewed((whole) => split?.make(whole));
    expect(review).toMatchObject({ groups: [], policies: [] });
    expect(textReport(review)).toContain('Only: 1 spell');
  });

  it('says nothing about new code but its count', () => {
    const review = reviewed(({ resource }) => {
      for (const each of Object.values<Json>(resource.aws_lambda_function)) each.source_code_hash = 'other';
    });
    expect(review).toMatchObject({ dangers: [], groups: [] });
    expect(textReport(review)).toMatch(/^Only: \d+ get new code\.$/m);
  });

  it('flags what belongs to the whole stack when all of it is destroyed', () => {
    const rules = rulesOf(reviewOf(readStacks(before, JSON.stringify({ resource: {} }))));
    expect(rules).toEqual(['alarm-removed', 'data-lost', 'function-in-use', 'safety-net-off']);
  });

  it('flags a retired function whose versions an older definition may name, and only counts it once it has none', () => {
    const retire = (values: Json) =>
      changed(({ resource }) => {
        resource.aws_lambda_function.Visa_00000000 = { function_name: 'booking-saga-prod-reserve-visa', ...values };
      });
    const review = (values: Json): Review => reviewOf(readStacks(retire(values), before));

    expect(review({ publish: true }).dangers).toEqual([
      expect.objectContaining({
        rule: 'old-versions-gone',
        sentence: expect.stringMatching(
          /^The function reserve-visa is destroyed with all its versions: runs that began before/,
        ),
      }),
    ]);
    expect(rulesOf(review({}))).toEqual([]);
  });

  it('flags a removed state beside its function, each for itself', () => {
    const review = reviewed(({ resource }) => {
      const [machine] = Object.values<Json>(resource.aws_sfn_state_machine);
      const definition = JSON.parse(machine.definition);
      delete definition.States.ConfirmRental;
      definition.States.ConfirmFlight.Next = 'ConfirmBooking';
      machine.definition = JSON.stringify(definition);
      const [id] = Object.entries<Json>(resource.aws_lambda_function).find(([, { function_name: name }]) =>
        name.endsWith('-confirm-rental'),
      ) ?? [''];
      delete resource.aws_lambda_function[id];
    });

    expect(rulesOf(review)).toEqual(['function-in-use', 'state-removed']);
  });

  it('plants a danger for every rule but those of other places, of other tokens, of retired functions and of secrets', () => {
    const planted = new Set(plantedDangers.map(({ rule }) => rule));
    expect(dangerRules.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([
      'data-out-of-sight',
      'old-versions-gone',
      'authorizer-changed',
      'secret-hides',
    ]);
  });

  it.each([
    ['aws_sqs_queue', { message_retention_seconds: 1_209_600 }, {}, 'keeps a message for 4 days instead of 14 days'],
    ['aws_sqs_queue', {}, { message_retention_seconds: 1_209_600 }, undefined],
    ['aws_cloudwatch_log_group', {}, { retention_in_days: 400 }, 'is kept for 400 days instead of ever'],
    [
      'aws_dynamodb_table',
      { point_in_time_recovery: [{ enabled: true }] },
      { point_in_time_recovery: [{ enabled: true, recovery_period_in_days: 1 }] },
      'can be restored to a moment of the last 1 day instead of 35 days',
    ],
    ['aws_dynamodb_table', {}, { ttl: { enabled: true, attribute_name: 'pk' } }, 'deletes items at the time in'],
    [
      'aws_lambda_function_url',
      { authorization_type: 'AWS_IAM' },
      { authorization_type: 'NONE' },
      'needs no signature',
    ],
    ['aws_iam_role', { permissions_boundary: 'arn:b' }, {}, 'is no longer bounded by arn:b'],
    ['aws_iam_role', {}, { managed_policy_arns: ['arn:m'] }, 'gets the managed policy arn:m'],
    ['aws_cloudwatch_metric_alarm', { treat_missing_data: 'breaching' }, {}, 'does not ring any more where nothing'],
    ['aws_s3_bucket_policy', { policy: '{}' }, { policy: allowAll }, 'More is allowed in aws_s3_bucket_policy.R'],
  ])(
    'judges what the service has not yet, or as AWS does where nothing stands: %s %j → %j',
    (type, old, fresh, said) => {
      const file = (values: object) => JSON.stringify({ resource: { [type]: { R: values } } });
      const { dangers } = reviewOf(readStacks(file(old), file(fresh)));
      expect(dangers.map(({ sentence }) => sentence)).toEqual(
        said === undefined ? [] : [expect.stringContaining(said)],
      );
    },
  );

  it('flags an authorizer that accepts other tokens', () => {
    const review = reviewed(({ resource }) => {
      const [authorizer] = Object.values<Json>(resource.aws_apigatewayv2_authorizer);
      authorizer.jwt_configuration.audience = ['another client'];
    });
    expect(rulesOf(review)).toEqual(['authorizer-changed']);
  });
});
