import { describe, expect, it } from '@jest/globals';
import type { StackResource } from '#embedded/types.ts';
import { allow, anIam, QUEUE, ROLE } from './an-iam.ts';
import { allows, caller } from './authorize-setup.ts';

const ACCOUNT = '000000000000';
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/weigh-parcel/weigh-parcel`;
const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:alarms`;
const send = 'sqs:SendMessage';

const url = 'https://sqs.us-east-1.amazonaws.com/000000000000/redrive';
const queue: StackResource = { type: 'aws_sqs_queue', name: 'Q', attributes: { arn: QUEUE, url } };
const guarded = (...Statement: object[]): StackResource[] => [
  queue,
  { type: 'aws_sqs_queue_policy', name: 'QP', attributes: { queue_url: url, policy: JSON.stringify({ Statement }) } },
];
const statement = (Effect: string, Principal: unknown, more: object = {}) => ({
  Effect,
  Principal,
  Action: 'sqs:*',
  Resource: QUEUE,
  ...more,
});

describe("a role whose own policy allows it, at a queue's policy", () => {
  it.each<[string, unknown]>([
    ['all', '*'],
    ['all of AWS', { AWS: '*' }],
    ['its account', { AWS: ACCOUNT }],
    ['the root of its account', { AWS: ROOT }],
    ['the role', { AWS: [ROLE] }],
    ['its session', { AWS: SESSION }],
  ])('that denies %s, is denied', (_who, principal) => {
    const iam = anIam([allow('*', '*')], guarded(statement('Deny', principal)));

    expect(() => iam.authorize(caller, send, QUEUE)).toThrow(
      `User: ${SESSION} is not authorized to perform: ${send} on resource: ${QUEUE} with an explicit deny in a resource-based policy: aws_sqs_queue_policy.QP.Statement[0]`,
    );
    expect(allows(iam, send, `${QUEUE}-other`)).toBe(true);
  });

  it.each([
    ['another role', { AWS: `${ROLE}-other` }, {}],
    ['a service', { Service: 'sns.amazonaws.com' }, {}],
    ['other calls', '*', { Action: 'sqs:DeleteMessage' }],
    ['requests without TLS', '*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
    ['all others', '*', { Condition: { StringNotEquals: { 'aws:PrincipalArn': ROLE } } }],
  ])('that denies %s, is allowed', (_who, principal, more) => {
    const iam = anIam([allow('*', '*')], guarded(statement('Deny', principal, more)));

    expect(allows(iam, send, QUEUE)).toBe(true);
  });
});

describe("a role without a permission of its own, at a queue's policy", () => {
  it.each<[string, unknown, boolean]>([
    ['all', '*', true],
    ['the role', { AWS: ROLE }, true],
    ['its session', { AWS: SESSION }, true],
    ['the account, which leaves it to policies of roles', { AWS: ACCOUNT }, false],
    ['the root of the account, likewise', { AWS: ROOT }, false],
    ['another role', { AWS: `${ROLE}-other` }, false],
  ])('that allows %s', (_who, principal, expected) => {
    expect(allows(anIam([allow('a:B')], guarded(statement('Allow', principal))), send, QUEUE)).toBe(expected);
  });

  it('is denied still by its own policy', () => {
    const iam = anIam([{ ...allow(send, '*'), Effect: 'Deny' }], guarded(statement('Allow', '*')));

    expect(() => iam.authorize(caller, send, QUEUE)).toThrow(
      /deny in an identity-based policy: aws_iam_role_policy\.P\.Statement\[0\]$/,
    );
  });

  it('may no more once an action is taken out of the policy', () => {
    const iam = anIam([allow('a:B')], guarded(statement('Allow', { AWS: ROLE })));

    expect(allows(iam, send, QUEUE)).toBe(true);
    iam.without({ policy: 'aws_sqs_queue_policy.QP', statement: 0, action: 'sqs:*' });
    expect(allows(iam, send, QUEUE)).toBe(false);
  });
});

it('reads the policy that a call has given a queue in place of that of the stack', () => {
  const iam = anIam([allow('*', '*')], guarded(statement('Deny', '*')));
  const ask = (policy?: string) => () => iam.authorize(caller, send, QUEUE, undefined, policy);

  expect(ask()).toThrow(/explicit deny/);
  expect(ask('')).not.toThrow();
  expect(ask(JSON.stringify({ Statement: statement('Deny', { AWS: ROLE }) }))).toThrow(/explicit deny/);
  expect(ask(JSON.stringify({ Statement: statement('Allow', '*') }))).not.toThrow();
});

it("heeds a topic's policy", () => {
  const policy = JSON.stringify({ Statement: { ...statement('Deny', '*'), Action: 'sns:Publish', Resource: TOPIC } });
  const iam = anIam(
    [allow('*', '*')],
    [{ type: 'aws_sns_topic_policy', name: 'TP', attributes: { arn: TOPIC, policy } }],
  );

  expect(() => iam.authorize(caller, 'sns:Publish', TOPIC)).toThrow(
    /deny .*: aws_sns_topic_policy\.TP\.Statement\[0\]$/,
  );
});
