import { expect, it } from '@jest/globals';
import { createIam } from '#embedded/iam/index.ts';
import { aFunction, allow, anIam, aRole, aStackOf, QUEUE } from './an-iam.ts';
import { allows } from './authorize-setup.ts';

const withPolicy = (policy: object) => {
  const attributes = { name: 'p', role: 'weigh-parcel', policy: JSON.stringify(policy) };
  return () => createIam(aStackOf([aRole(), aFunction(), { type: 'aws_iam_role_policy', name: 'P', attributes }]));
};

it.each([
  ['Principal', '*'],
  ['NotPrincipal', { AWS: '000000000000' }],
])("refuses a role's policy with %s", (element, value) => {
  expect(() => anIam([allow('a:B', '*', { [element]: value })])).toThrow(
    "aws_iam_role_policy.P.Statement[0]: a role's own policy has no Principal: it is about the role",
  );
});

it.each(['2012-10-18', '2012-01-01', 1])('refuses the version %j of the policy language', (Version) => {
  expect(withPolicy({ Version, Statement: allow('a:B', '*') })).toThrow(
    `aws_iam_role_policy.P.Version: ${JSON.stringify(Version)} is none of 2012-10-17, 2008-10-17`,
  );
});

it.each(['2012-10-17', '2008-10-17', undefined])('takes the version %j', (Version) => {
  expect(withPolicy({ Version, Statement: allow('a:B', '*') })).not.toThrow();
});

it('refuses a trust policy and a policy of a resource without Principal', () => {
  const trust = JSON.stringify({ Statement: { Effect: 'Allow', Action: 'sts:AssumeRole' } });
  expect(() => createIam(aStackOf([aRole({ assume_role_policy: trust })]))).toThrow(
    'aws_iam_role.R.assume_role_policy.Statement[0]: needs',
  );

  const policy = JSON.stringify({ Statement: allow('sqs:*', QUEUE) });
  const queue = { type: 'aws_sqs_queue', name: 'Q', attributes: { arn: QUEUE, policy } };
  expect(() => createIam(aStackOf([queue]))).toThrow('aws_sqs_queue.Q.Statement[0]: needs a Principal');
});

it('refuses what is no object', () => {
  expect(withPolicy([])).toThrow('aws_iam_role_policy.P: the policy must be an object');
});

it('takes actions in any letter case', () => {
  const iam = anIam([allow('SQS:sendmessage', QUEUE)]);

  expect(allows(iam, 'sqs:SendMessage', QUEUE)).toBe(true);
  expect(allows(iam, 'sqs:DeleteMessage', QUEUE)).toBe(false);
});
