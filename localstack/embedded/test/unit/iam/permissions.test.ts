import { expect, it } from '@jest/globals';
import type { AllowedRequest } from '#embedded/iam/index.ts';
import { OUTSIDE } from '#embedded/types.ts';
import { allow, anIam, QUEUE, ROLE, TABLE } from './an-iam.ts';

const caller = { roleArn: ROLE };
const POLICY = 'aws_iam_role_policy.P';
const TRUST = 'aws_iam_role.R.assume_role_policy';

it('lists every action of every policy, trust included', () => {
  const iam = anIam([allow(['dynamodb:PutItem', 'dynamodb:Get*']), { ...allow('sqs:*', QUEUE), Effect: 'Deny' }]);

  expect(iam.policies()).toEqual([
    { policy: POLICY, statement: 0, action: 'dynamodb:PutItem', effect: 'Allow' },
    { policy: POLICY, statement: 0, action: 'dynamodb:Get*', effect: 'Allow' },
    { policy: POLICY, statement: 1, action: 'sqs:*', effect: 'Deny' },
    { policy: TRUST, statement: 0, action: 'sts:AssumeRole', effect: 'Allow' },
  ]);
});

it('takes one action out and puts it back, whatever was decided before', () => {
  const iam = anIam([allow(['dynamodb:PutItem', 'dynamodb:UpdateItem'])]);
  const put = () => iam.authorize(caller, 'dynamodb:PutItem', TABLE);
  put();

  const undo = iam.without({ policy: POLICY, statement: 0, action: 'dynamodb:PutItem' });

  expect(put).toThrow(/no identity-based policy allows the dynamodb:PutItem action/);
  expect(() => iam.authorize(caller, 'dynamodb:UpdateItem', TABLE)).not.toThrow();
  undo();
  expect(put).not.toThrow();
});

it('takes the only action of a statement out', () => {
  const iam = anIam([allow('dynamodb:PutItem')]);

  iam.without({ policy: POLICY, statement: 0, action: 'dynamodb:PutItem' });

  expect(() => iam.authorize(caller, 'dynamodb:PutItem', TABLE)).toThrow(/not authorized/);
});

it('takes the trust of a role away, and with it all that its function may do', () => {
  const iam = anIam([allow('dynamodb:PutItem')]);
  iam.authorize(caller, 'dynamodb:PutItem', TABLE);

  const undo = iam.without({ policy: TRUST, statement: 0, action: 'sts:AssumeRole' });

  expect(() => iam.authorize(caller, 'dynamodb:PutItem', TABLE)).toThrow(
    /lambda\.amazonaws\.com cannot assume the role/,
  );
  expect(() => iam.assertTrust(ROLE, 'lambda.amazonaws.com')).toThrow(/cannot be assumed/);
  undo();
  expect(() => iam.authorize(caller, 'dynamodb:PutItem', TABLE)).not.toThrow();
});

it('takes an action of a resource policy out', () => {
  const attributes = {
    action: 'lambda:InvokeFunction',
    function_name: 'weigh-parcel',
    principal: 'events.amazonaws.com',
  };
  const iam = anIam([allow('a:B')], [{ type: 'aws_lambda_permission', name: 'Perm', attributes }]);
  const resource = 'arn:aws:lambda:us-east-1:000000000000:function:weigh-parcel';
  const invoke = () =>
    iam.authorizeService({
      principal: 'events.amazonaws.com',
      action: 'lambda:InvokeFunction',
      resource,
      sourceArn: 'arn:aws:events:::rule/r',
    });
  invoke();

  iam.without({ policy: 'aws_lambda_permission.Perm', statement: 0, action: 'lambda:InvokeFunction' });

  expect(invoke).toThrow(/not authorized/);
});

it('says so when there is no such action', () => {
  const iam = anIam([allow('dynamodb:PutItem')]);

  expect(() => iam.without({ policy: POLICY, statement: 1, action: 'dynamodb:PutItem' })).toThrow(
    `No action dynamodb:PutItem in statement 1 of ${POLICY}`,
  );
});

it('tells who looks on of every request that it allows, with its facts, until it is told to stop', () => {
  const iam = anIam([allow(['dynamodb:PutItem'])]);
  const seen: AllowedRequest[] = [];
  const context = { 'dynamodb:LeadingKeys': ['a'] };
  const stop = iam.observe((request) => seen.push(request));
  iam.authorize(caller, 'dynamodb:PutItem', TABLE, context);
  iam.authorize(caller, 'dynamodb:PutItem', TABLE);
  expect(() => iam.authorize(caller, 'dynamodb:Scan', TABLE)).toThrow(/not authorized/);
  iam.authorize(OUTSIDE, 'dynamodb:Scan', TABLE);
  stop();
  iam.authorize(caller, 'dynamodb:PutItem', TABLE);

  const request = { role: ROLE, action: 'dynamodb:PutItem', resource: TABLE };
  expect(seen).toEqual([
    { ...request, context },
    { ...request, context: undefined },
  ]);
});

it('tells what was used, once each, and which permissions nobody needed', () => {
  const iam = anIam([allow(['dynamodb:PutItem', 'dynamodb:Scan']), allow('sqs:SendMessage', QUEUE)]);
  expect(() => iam.authorize(caller, 'dynamodb:DeleteItem', TABLE)).toThrow(/not authorized/);

  for (const _ of [1, 2, 3]) iam.authorize(caller, 'dynamodb:PutItem', TABLE);

  expect(iam.used()).toEqual([{ role: ROLE, action: 'dynamodb:PutItem', resource: TABLE }]);
  expect(iam.unused().map(({ action }) => action)).toEqual(['dynamodb:Scan', 'sqs:SendMessage']);
});
