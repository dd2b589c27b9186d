import { describe, expect, it } from '@jest/globals';
import { policyChangesOf } from '#infra/plan-review/iam/policies.ts';
import { readPlan } from '#infra/plan-review/reading/read-plan.ts';

const table = 'arn:aws:dynamodb:eu-west-1:1:table/bookings';
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

const statement = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource });
const changeOf = (plan: string) => policyChangesOf(readPlan(plan))[0];

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
    expect(changeOf(plan)).toMatchObject({ verdict: 'wider', added: [{ action: 'dynamodb:*', resource: reference }] });
  });

  it('does not take the beginning of a longer name for the reference', () => {
    const plan = planOf(
      [statement('dynamodb:GetItem', `${table}-archive`)],
      [statement('dynamodb:GetItem', `${table}-archive`), statement('dynamodb:GetItem', reference)],
    );
    expect(changeOf(plan)).toMatchObject({ verdict: 'wider', added: [{ resource: reference }], removed: [] });
  });

  it('is unknown where the plan keeps no template', () => {
    expect(changeOf(planOf([statement('dynamodb:GetItem', table)], undefined))).toMatchObject({ verdict: 'unknown' });
  });
});
