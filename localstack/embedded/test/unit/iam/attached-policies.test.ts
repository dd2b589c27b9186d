import { describe, expect, it } from '@jest/globals';
import { createIamApi } from '#embedded/iam/api.ts';
import { createIam } from '#embedded/iam/index.ts';
import { OUTSIDE, type StackResource } from '#embedded/types.ts';
import { aFunction, allow, aRole, aStackOf, FUNCTION, QUEUE, ROLE, TABLE } from './an-iam.ts';

const BASIC = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
const WRITING = 'arn:aws:iam::000000000000:policy/writing';
const policy: StackResource = {
  type: 'aws_iam_policy',
  name: 'Writing',
  attributes: {
    name: 'writing',
    arn: WRITING,
    policy: JSON.stringify({ Version: '2012-10-17', Statement: [allow('dynamodb:PutItem')] }),
  },
};
const attached = (policy_arn: string, role = 'weigh-parcel'): StackResource => ({
  type: 'aws_iam_role_policy_attachment',
  name: `${role}-${policy_arn}`,
  attributes: { role, policy_arn },
});
const other = aRole({ name: 'other', arn: `${ROLE}-2` });
const stack = aStackOf([
  aRole(),
  other,
  aFunction(),
  aFunction({ function_name: 'other', arn: `${FUNCTION}-2`, role: `${ROLE}-2` }),
  policy,
  attached(WRITING),
  attached(WRITING, 'other'),
  attached(BASIC),
]);

describe('policies that are attached to a role', () => {
  it('allow what those of the stack and of AWS say, to each role that has them', () => {
    const iam = createIam(stack);
    const log = 'arn:aws:logs:us-east-1:000000000000:log-group:g:log-stream:s';
    expect(() => iam.authorize({ roleArn: ROLE }, 'dynamodb:PutItem', TABLE)).not.toThrow();
    expect(() => iam.authorize({ roleArn: ROLE }, 'logs:PutLogEvents', log)).not.toThrow();
    expect(() => iam.authorize({ roleArn: `${ROLE}-2` }, 'dynamodb:PutItem', TABLE)).not.toThrow();
    expect(() => iam.authorize({ roleArn: `${ROLE}-2` }, 'logs:PutLogEvents', log)).toThrow(/not authorized/);
    expect(() => iam.authorize({ roleArn: ROLE }, 'sqs:SendMessage', QUEUE)).toThrow(/not authorized/);
  });

  it('are one policy for all roles, of which tests take actions out', () => {
    const iam = createIam(stack);
    const [put] = iam.policies().filter(({ action }) => action === 'dynamodb:PutItem');
    expect(iam.policies().filter(({ action }) => action === 'dynamodb:PutItem')).toEqual([
      { policy: 'aws_iam_policy.Writing', statement: 0, action: 'dynamodb:PutItem', effect: 'Allow' },
    ]);
    if (put !== undefined) iam.without(put);
    for (const roleArn of [ROLE, `${ROLE}-2`]) {
      expect(() => iam.authorize({ roleArn }, 'dynamodb:PutItem', TABLE)).toThrow(/not authorized/);
    }
  });

  it('are listed', async () => {
    const api = createIamApi({ stack, authorize: () => {}, createdAt: 7 });
    expect(await api.call('ListAttachedRolePolicies', { RoleName: 'weigh-parcel' }, OUTSIDE)).toMatchObject({
      AttachedPolicies: [
        { PolicyName: 'writing', PolicyArn: WRITING },
        { PolicyName: 'AWSLambdaBasicExecutionRole', PolicyArn: BASIC },
      ],
    });
  });

  it.each([
    [
      'arn:aws:iam::aws:policy/AdministratorAccess',
      /policy_arn: the local cloud does not know what .*AdministratorAccess/,
    ],
    ['arn:aws:iam::000000000000:policy/none', /policy_arn: .* write an aws_iam_policy with its statements instead/],
  ])('are refused where they are not known: %s', (arn, message) => {
    expect(() => createIam(aStackOf([aRole(), aFunction(), attached(arn)]))).toThrow(message);
  });

  it('need a role', () => {
    expect(() => createIam(aStackOf([aRole(), aFunction(), attached(BASIC, 'nowhere')]))).toThrow(
      /\.role: the stack has no role named "nowhere"/,
    );
  });
});
