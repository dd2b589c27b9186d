import { describe, expect, it } from '@jest/globals';
import { comparePolicies } from '#infra/plan-review/iam/compare.ts';
import { policyChangesOf } from '#infra/plan-review/iam/policies.ts';
import { permissionsOf, permissionText } from '#infra/plan-review/iam/statements.ts';
import { readPlan } from '#infra/plan-review/reading/read-plan.ts';
import { readStacks } from '#infra/plan-review/reading/read-stacks.ts';
import { reviewOf } from '#infra/plan-review/review.ts';

const stackOf = (type: string, values?: object): string =>
  JSON.stringify({ resource: { aws_sqs_queue: { There: { name: 'q' } }, [type]: values && { Pay_1: values } } });
const sentencesOf = (type: string, before: object | undefined, after: object): string[] =>
  reviewOf(readStacks(stackOf(type, before), stackOf(type, after))).dangers.map(({ sentence }) => sentence);
const policyOf = (...Statement: object[]): string => JSON.stringify({ Statement });
const allow = (Action: string | string[], more: object = {}) => ({ Effect: 'Allow', Action, Resource: 'r', ...more });

describe('a permission to call a function', () => {
  const permission = { action: 'lambda:InvokeFunction', function_name: 'pay', principal: 'sqs.amazonaws.com' };
  const saidOf = (more: object, before?: object): string[] =>
    sentencesOf('aws_lambda_permission', before && { ...permission, ...before }, { ...permission, ...more });
  const much = 'Much is allowed in a permission to call Pay: Allow lambda:InvokeFunction on pay to';

  it.each([
    ['a service of AWS', {}, []],
    ['a service of the AWS partition of China', { principal: 'events.amazonaws.com.cn' }, []],
    ['everyone', { principal: '*' }, [`${much} *.`]],
    ['another account', { principal: '123456789012' }, [`${much} AWS:arn:aws:iam::123456789012:root.`]],
    [
      'a user',
      { principal: 'arn:aws:iam::123456789012:user/eve' },
      [`${much} AWS:arn:aws:iam::123456789012:user/eve.`],
    ],
  ])('given a new one for %s, when the stacks are compared, then others than services are told', (_, more, said) => {
    expect(saidOf(more)).toEqual(said);
  });

  it.each([
    [
      'a source account less',
      { source_account: '1' },
      {},
      'Allow lambda:InvokeFunction on pay to Service:sqs.amazonaws.com',
    ],
    ['every source', { source_arn: 'arn:a' }, { source_arn: 'arn:*' }, 'if ArnLike aws:sourcearn arn:*'],
    ['an alias', { qualifier: 'live' }, { qualifier: 'dev' }, 'on pay:dev to'],
    ['no organization any more', { principal_org_id: 'o-1' }, {}, 'on pay to Service:sqs.amazonaws.com'],
  ])('given %s, when the stacks are compared, then the new permission is told as wider', (_, before, after, said) => {
    expect(saidOf(after, before)).toEqual([expect.stringContaining(said)]);
  });

  it('given a source account more, when the stacks are compared, then nothing is told', () => {
    expect(saidOf({ source_account: '1' }, {})).toEqual([]);
  });

  it('given a source that the plan neither knows nor keeps as code, when it is read, then the verdict is unknown', () => {
    const change = { actions: ['update'], before: permission, after: permission, after_unknown: { source_arn: true } };
    const resource_changes = [{ address: 'aws_lambda_permission.P', type: 'aws_lambda_permission', change }];
    const reading = readPlan(JSON.stringify({ format_version: '1.2', resource_changes }));
    expect(reading.changes.flatMap((each) => policyChangesOf(each, reading))).toMatchObject([
      { verdict: 'unknown', isSymbolic: true, added: [], removed: [] },
    ]);
  });
});

describe('a policy that allows more', () => {
  const roleOf = (assume_role_policy: string) => ({ name: 'booking-saga-prod-pay', assume_role_policy });
  const trust = (Service: string) => policyOf({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } });

  it('given a role with another trust, when the stacks are compared, then the trust policy is named', () => {
    expect(sentencesOf('aws_iam_role', roleOf(trust('a.amazonaws.com')), roleOf(trust('b.amazonaws.com')))).toEqual([
      'More is allowed in the trust policy of the role pay: Allow sts:AssumeRole to Service:b.amazonaws.com.',
    ]);
  });

  it('given five actions more, when the stacks are compared, then three are shown and two counted', () => {
    const actions = ['a:A', 'a:B', 'a:C', 'a:D', 'a:E'];
    expect(sentencesOf('aws_iam_role_policy', { policy: policyOf() }, { policy: policyOf(allow(actions)) })).toEqual([
      'More is allowed in the permissions of Pay: Allow a:A on r; Allow a:B on r; Allow a:C on r; and 2 more.',
    ]);
  });

  it('given a permission of a thousand letters, when the stacks are compared, then it is cut after 300', () => {
    const policy = policyOf(allow('a:A', { Resource: 'x'.repeat(1000) }));
    expect(sentencesOf('aws_iam_role_policy', { policy: policyOf() }, { policy })).toEqual([
      `More is allowed in the permissions of Pay: Allow a:A on ${'x'.repeat(300 - 'Allow a:A on '.length)} ….`,
    ]);
  });

  it.each([
    ['a single action', allow('sqs:SendMessage'), []],
    ['a service', allow('sqs:*'), ['Allow sqs:* on r']],
    ['all but an action', { Effect: 'Allow', NotAction: 'iam:*', Resource: 'r' }, ['Allow all but iam:* on r']],
  ])('given a new policy with %s, when the stacks are compared, then only much is told', (_, statement, said) => {
    expect(sentencesOf('aws_iam_role_policy', undefined, { policy: policyOf(statement) })).toEqual(
      said.map((each) => `Much is allowed in the permissions of Pay: ${each}.`),
    );
  });
});

describe('a permission in words', () => {
  const textsOf = (statement: object) => permissionsOf(policyOf(statement))?.map(permissionText);

  it.each([
    [allow('a:B', { Principal: { AWS: '*' } }), 'Allow a:B on r to *'],
    [allow('a:B', { Principal: { Federated: 'github' } }), 'Allow a:B on r to Federated:github'],
    [{ Effect: 'Deny', NotPrincipal: { AWS: 'x' }, Action: 'a:B' }, 'Deny a:B to all but {"AWS":"x"}'],
    [
      allow('a:B', { Condition: { StringEquals: { 'A:K': ['2', '1'] }, Bool: { l: true } } }),
      'Allow a:B on r if Bool l true and StringEquals a:k 1 or 2',
    ],
    [allow('a:B', { Condition: { Null: { k: null } } }), 'Allow a:B on r if Null k null'],
  ])('given %j, when it is told, then the words are %s', (statement, text) => {
    expect(textsOf(statement)).toEqual([text]);
  });

  it.each([
    ['a statement that is no object', ['x']],
    ['a condition whose operator has no keys', [allow('a:B', { Condition: { Bool: 'x' } })]],
  ])('given %s, when the policy is compared, then the verdict is unknown', (_, Statement) => {
    expect(comparePolicies(policyOf(), JSON.stringify({ Statement }))).toEqual({
      verdict: 'unknown',
      added: [],
      removed: [],
    });
  });

  it('given no action at all, when the policy is read, then it allows nothing', () => {
    expect(textsOf({ Effect: 'Allow', Resource: 'r' })).toEqual([]);
  });
});
