import { describe, expect, it } from '@jest/globals';
import { createIam } from '#embedded/iam/index.ts';
import { OUTSIDE } from '#embedded/types.ts';
import { aFunction, allow, anIam, aRole, aStackOf, QUEUE, ROLE, TABLE } from './an-iam.ts';
import { allows, caller } from './authorize-setup.ts';

describe('authorize', () => {
  it('lets a role do what its policy allows, and nothing else', () => {
    const iam = anIam([allow(['dynamodb:PutItem', 'dynamodb:UpdateItem']), allow('sqs:SendMessage', QUEUE)]);

    expect(allows(iam, 'dynamodb:UpdateItem')).toBe(true);
    expect(allows(iam, 'sqs:SendMessage', QUEUE)).toBe(true);
    expect(allows(iam, 'dynamodb:DeleteItem')).toBe(false);
    expect(allows(iam, 'dynamodb:UpdateItem', `${TABLE}-other`)).toBe(false);
    expect(allows(iam, 'sqs:SendMessage', TABLE)).toBe(false);
  });

  it("refuses in AWS's words", () => {
    expect(() => anIam([allow('dynamodb:PutItem')]).authorize(caller, 'dynamodb:Scan', TABLE)).toThrow(
      `User: arn:aws:sts::000000000000:assumed-role/weigh-parcel/weigh-parcel is not authorized to perform: dynamodb:Scan on resource: ${TABLE} because no identity-based policy allows the dynamodb:Scan action`,
    );
  });

  const logGroup = 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/weigh-parcel';
  const executions = 'arn:aws:states:us-east-1:000000000000:execution:deliver';

  it.each([
    ['logs:CreateLogStream', `${logGroup}:log-stream:2026/11/26/[$LATEST]1`, `${logGroup}:*`],
    ['states:StopExecution', `${executions}:one`, `${executions}:*`],
    ['dynamodb:GetItem', TABLE, TABLE],
  ])('observes the statement that would allow %s from then on', (action, resource, covered) => {
    const observed: unknown[] = [];
    const iam = createIam(aStackOf([aRole(), aFunction()]), (observation) => observed.push(observation));

    expect(() => iam.authorize(caller, action, resource)).toThrow();
    expect(observed).toMatchObject([
      { type: 'callDenied', resource, missing: { Effect: 'Allow', Action: action, Resource: covered } },
    ]);
  });

  it('gives the same answer when asked again', () => {
    const iam = anIam([allow('dynamodb:PutItem')]);

    expect([1, 2, 3].map(() => allows(iam, 'dynamodb:PutItem'))).toEqual([true, true, true]);
    expect([1, 2, 3].map(() => allows(iam, 'dynamodb:Scan'))).toEqual([false, false, false]);
  });

  it('lets an explicit deny win over any allow', () => {
    const iam = anIam([allow('dynamodb:*', '*'), { ...allow('dynamodb:Delete*'), Effect: 'Deny' }]);

    expect(allows(iam, 'dynamodb:PutItem')).toBe(true);
    expect(allows(iam, 'dynamodb:DeleteItem')).toBe(false);
    expect(allows(iam, 'dynamodb:DeleteItem', `${TABLE}2`)).toBe(true);
    expect(() => iam.authorize(caller, 'dynamodb:DeleteItem', TABLE)).toThrow(
      /with an explicit deny in an identity-based policy/,
    );
  });

  it.each<[string, object, string, string, boolean]>([
    ['an action in other letter case', allow('DynamoDB:putitem'.toLowerCase()), 'dynamodb:PutItem', TABLE, true],
    ['* in an action', allow('dynamodb:*Item'), 'dynamodb:PutItem', TABLE, true],
    ['? in an action', allow('dynamodb:?can'), 'dynamodb:Scan', TABLE, true],
    ['? is one character', allow('dynamodb:?can'), 'dynamodb:BatchScan', TABLE, false],
    ['NotAction', { Effect: 'Allow', NotAction: 'dynamodb:*', Resource: '*' }, 'sqs:SendMessage', QUEUE, true],
    ['NotAction, named', { Effect: 'Allow', NotAction: 'dynamodb:*', Resource: '*' }, 'dynamodb:PutItem', TABLE, false],
    [
      'NotResource',
      { Effect: 'Allow', Action: 'dynamodb:PutItem', NotResource: QUEUE },
      'dynamodb:PutItem',
      TABLE,
      true,
    ],
    [
      'NotResource, named',
      { Effect: 'Allow', Action: 'dynamodb:PutItem', NotResource: TABLE },
      'dynamodb:PutItem',
      TABLE,
      false,
    ],
    [
      'an index of a table',
      allow('dynamodb:Query', `${TABLE}/index/*`),
      'dynamodb:Query',
      `${TABLE}/index/ByUnfinished`,
      true,
    ],
    ['the table is not its index', allow('dynamodb:Query', `${TABLE}/index/*`), 'dynamodb:Query', TABLE, false],
    ['letter case in a resource', allow('dynamodb:Query', TABLE.toUpperCase()), 'dynamodb:Query', TABLE, false],
    [
      '* stays within its part of the ARN',
      allow('sqs:SendMessage', 'arn:aws:sqs:*:redrive'),
      'sqs:SendMessage',
      QUEUE,
      false,
    ],
    ['* as region and account', allow('sqs:SendMessage', 'arn:aws:sqs:*:*:redrive'), 'sqs:SendMessage', QUEUE, true],
    ['a dot is a dot', allow('sqs:SendMessage', 'arn:aws:sqs:*:*:redriv.'), 'sqs:SendMessage', QUEUE, false],
    ['a request without resource', allow('xray:PutTraceSegments', TABLE), 'xray:PutTraceSegments', '*', false],
    ['a request without resource, allowed', allow('xray:PutTraceSegments', '*'), 'xray:PutTraceSegments', '*', true],
  ])('judges %s', (_what, statement, action, resource, expected) => {
    expect(allows(anIam([statement]), action, resource)).toBe(expected);
  });

  it('lets callers from outside do everything', () => {
    expect(() => anIam([allow('dynamodb:PutItem')]).authorize(OUTSIDE, 'iam:DeleteRole', '*')).not.toThrow();
  });

  it('refuses a role that is not in the stack', () => {
    const iam = anIam([allow('*', '*')]);

    expect(() => iam.authorize({ roleArn: `${ROLE}-other` }, 'dynamodb:PutItem', TABLE)).toThrow(
      /not authorized to perform/,
    );
  });
});

describe('a policy that cannot be judged', () => {
  it.each<[string, object, RegExp]>([
    [
      'operator',
      allow('a:B', '*', { Condition: { NumericEquals: { 'aws:PrincipalArn': '1' } } }),
      /P\.Statement\[0\]\.Condition: condition operator NumericEquals is not/,
    ],
    [
      'condition key',
      allow('a:B', '*', { Condition: { StringEquals: { 'aws:SourceVpc': 'v' } } }),
      /P\.Statement\[0\]\.Condition: condition key aws:SourceVpc is not supplied .* supplied are aws:PrincipalArn, /,
    ],
    [
      'condition key of another service',
      allow('sqs:SendMessage', '*', { Condition: { Null: { 'dynamodb:LeadingKeys': 'false' } } }),
      /condition key dynamodb:LeadingKeys is not supplied/,
    ],
    [
      // Without partition keys in the request ForAllValues would hold always.
      'condition key that one action of the statement never carries',
      allow(['dynamodb:Query', 'dynamodb:Scan'], '*', { Condition: { StringLike: { 'dynamodb:LeadingKeys': 'A#*' } } }),
      /condition key dynamodb:LeadingKeys is not supplied/,
    ],
    ['element', { ...allow('a:B'), Actions: ['c:D'] }, /"Actions" is no element of a policy statement/],
    ['effect', { ...allow('a:B'), Effect: 'Maybe' }, /Effect must be Allow or Deny/],
    ['missing action', { Effect: 'Allow', Resource: '*' }, /needs either Action or NotAction/],
    ['missing resource', { Effect: 'Allow', Action: 'a:B' }, /needs Resource or NotResource/],
    ['action without service', allow('PutItem'), /"PutItem" is no action/],
    [
      'policy variable',
      allow('a:B', 'arn:aws:s3:::x/$'.concat('{aws:username}')),
      /policy variable in .* is not evaluated/,
    ],
    [
      'policy variable in a condition',
      allow('a:B', '*', {
        Condition: { StringEquals: { 'aws:PrincipalAccount': ['1', '$'.concat('{aws:ResourceAccount}')] } },
      }),
      /P\.Statement\[0\]\.Condition\.StringEquals\.aws:PrincipalAccount: policy variable in .* is not evaluated here; write its value/,
    ],
  ])('%s', (_what, statement, message) => {
    expect(() => anIam([statement])).toThrow(message);
  });

  it('names the policy of broken JSON, and of a role that does not exist', () => {
    const policy = (attributes: object) => ({ type: 'aws_iam_role_policy', name: 'Broken', attributes });

    expect(() => createIam(aStackOf([aRole(), policy({ role: 'weigh-parcel', policy: '{' })]))).toThrow(
      /^aws_iam_role_policy\.Broken: the policy is not valid JSON/,
    );
    expect(() => createIam(aStackOf([policy({ role: 'none', policy: '{}' })]))).toThrow(
      'aws_iam_role_policy.Broken.role: the stack has no role named "none"',
    );
  });

  it.each(['inline_policy', 'managed_policy_arns', 'permissions_boundary'])('refuses a role with %s', (attribute) => {
    expect(() => createIam(aStackOf([aRole({ [attribute]: ['x'] }), aFunction()]))).toThrow(
      `aws_iam_role.R.${attribute}: is not evaluated by the local cloud; write an aws_iam_role_policy instead`,
    );
  });
});
