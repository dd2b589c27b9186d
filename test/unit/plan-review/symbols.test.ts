import { describe, expect, it } from '@jest/globals';
import { dangersOf } from '#infra/plan-review/dangers/rules.ts';
import { policyChangesOf } from '#infra/plan-review/iam/policies.ts';
import { readPlan } from '#infra/plan-review/reading/read-plan.ts';
import { reviewOf } from '#infra/plan-review/review.ts';

const table = 'arn:aws:dynamodb:eu-west-1:1:table/bookings';
const short = ['$', '{T.arn}'].join('');
const reference = ['$', '{aws_dynamodb_table.T.arn}'].join('');

/** A plan that replaces the table, so that the policy which names it is not known before the apply. */
function planOf(before: object[], template: object[] | undefined): string {
  const change = {
    actions: ['update'],
    before: { policy: JSON.stringify({ Statement: before }) },
    after: {},
    after_unknown: { policy: true },
  };
  const expressions = template && { policy: { constant_value: JSON.stringify({ Statement: template }) } };
  return JSON.stringify({
    format_version: '1.2',
    resource_changes: [{ address: 'aws_iam_role_policy.P', type: 'aws_iam_role_policy', change }],
    prior_state: {
      values: { root_module: { resources: [{ address: 'aws_dynamodb_table.T', values: { arn: table } }] } },
    },
    configuration: {
      root_module: { resources: [{ address: 'aws_iam_role_policy.P', expressions: expressions ?? {} }] },
    },
  });
}

const one = (pattern: string) => ({ kind: 'one', pattern });
const statement = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource });
const changeOf = (plan: string) => {
  const reading = readPlan(plan);
  return reading.changes.flatMap((change) => policyChangesOf(change, reading))[0];
};

describe('a definition that is unknown through a replaced ARN', () => {
  const step = ['$', '{aws_lambda_function.F.arn}'].join('');
  const version = ['$', '{aws_lambda_function.F.version}'].join('');
  const definition = (resource: string, states: object): string =>
    JSON.stringify({
      StartAt: 'A',
      States: { A: { Type: 'Task', Resource: resource, TimeoutSeconds: 1, End: true }, ...states },
    });
  const planWith = (template: string | undefined): string =>
    JSON.stringify({
      format_version: '1.2',
      resource_changes: [
        {
          address: 'aws_sfn_state_machine.M',
          type: 'aws_sfn_state_machine',
          change: {
            actions: ['update'],
            before: { definition: definition('arn:aws:lambda:eu-west-1:1:function:f:1', { B: { Type: 'Fail' } }) },
            after: {},
            after_unknown: { definition: true },
          },
        },
      ],
      prior_state: {
        values: {
          root_module: {
            resources: [
              {
                address: 'aws_lambda_function.F',
                values: { arn: 'arn:aws:lambda:eu-west-1:1:function:f', version: '1' },
              },
            ],
          },
        },
      },
      configuration: {
        root_module: {
          resources: [
            {
              address: 'aws_sfn_state_machine.M',
              expressions: { definition: template && { constant_value: template } },
            },
          ],
        },
      },
    });
  const sentences = (plan: string) => dangersOf(readPlan(plan)).map(({ sentence }) => sentence);

  it('is the same where only the reference gets another value, even beside a version that is a number', () => {
    expect(sentences(planWith(definition(`${step}:${version}`, { B: { Type: 'Fail' } })))).toEqual([]);
  });

  it('shows a state that is removed', () => {
    expect(sentences(planWith(definition(`${step}:${version}`, {})))).toEqual([
      expect.stringContaining('The state "B" is removed'),
    ]);
  });

  it('is a danger of its own where the plan keeps no template', () => {
    expect(sentences(planWith(undefined))).toEqual([expect.stringContaining('cannot be read')]);
  });
});

describe('a policy that is unknown through a replaced ARN', () => {
  it('is the same where only the reference gets another value', () => {
    const plan = planOf(
      [statement('dynamodb:GetItem', table), statement('dynamodb:Query', `${table}/index/*`)],
      [statement('dynamodb:GetItem', reference), statement('dynamodb:Query', `${reference}/index/*`)],
    );
    expect(changeOf(plan)).toMatchObject({ verdict: 'same', isSymbolic: true });
  });

  it('is wider where the template allows more', () => {
    const plan = planOf([statement('dynamodb:GetItem', table)], [statement('dynamodb:*', reference)]);
    expect(changeOf(plan)).toMatchObject({
      verdict: 'wider',
      added: [{ action: one('dynamodb:*'), resource: one(reference) }],
    });
  });

  it('does not take the beginning of a longer name for the reference', () => {
    const plan = planOf(
      [statement('dynamodb:GetItem', `${table}-archive`)],
      [statement('dynamodb:GetItem', `${table}-archive`), statement('dynamodb:GetItem', reference)],
    );
    expect(changeOf(plan)).toMatchObject({ verdict: 'wider', added: [{ resource: one(reference) }], removed: [] });
  });

  it('given a policy that is new with its table, when the plan is read, then it is that of the template', () => {
    const plan = JSON.parse(planOf([], [statement('dynamodb:GetItem', reference)]));
    plan.resource_changes[0].change = { actions: ['create'], before: null, after: {}, after_unknown: { policy: true } };
    expect(changeOf(JSON.stringify(plan))).toMatchObject({ verdict: 'wider', isSymbolic: true, removed: [] });
  });

  it('given a text that is no JSON, when its template names a reference, then the value in it is taken for the reference', () => {
    const type = 'aws_ssm_parameter';
    const change = {
      actions: ['update'],
      before: { value: `old: ${table}` },
      after: {},
      after_unknown: { value: true },
    };
    const plan = JSON.parse(planOf([], undefined));
    plan.resource_changes = [{ address: `${type}.P`, type, change }];
    const expressions = { value: { constant_value: `new: ${reference}` } };
    plan.configuration.root_module.resources = [{ address: `${type}.P`, expressions }];
    expect(reviewOf(readPlan(JSON.stringify(plan))).groups[0]?.lines).toEqual([
      expect.stringContaining('the parameter'),
      `    value: old: ${short} → new: ${short}`,
    ]);
  });

  it('is unknown where the plan keeps no template', () => {
    expect(changeOf(planOf([statement('dynamodb:GetItem', table)], undefined))).toMatchObject({ verdict: 'unknown' });
  });
});
