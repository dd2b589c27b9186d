import { describe, expect, it } from '@jest/globals';
import { createIam } from '#embedded/iam/index.ts';
import type { StackResource } from '#embedded/types.ts';
import { aFunction, aRole, aStackOf, FUNCTION, QUEUE } from './an-iam.ts';

const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/redrive';
const RULE = 'arn:aws:events:us-east-1:000000000000:rule/ended';
const API = 'arn:aws:execute-api:us-east-1:000000000000:a1';

const queue: StackResource = { type: 'aws_sqs_queue', name: 'Q', attributes: { arn: QUEUE, url: URL } };
const queuePolicy = (...Statement: object[]): StackResource => ({
  type: 'aws_sqs_queue_policy',
  name: 'QP',
  attributes: { queue_url: URL, policy: JSON.stringify({ Statement }) },
});
const permission = (attributes: object): StackResource => ({
  type: 'aws_lambda_permission',
  name: 'Perm',
  attributes: {
    action: 'lambda:InvokeFunction',
    function_name: 'weigh-parcel',
    principal: 'apigateway.amazonaws.com',
    ...attributes,
  },
});

const fromEvents = {
  Effect: 'Allow',
  Principal: { Service: 'events.amazonaws.com' },
  Action: 'sqs:SendMessage',
  Resource: QUEUE,
  Condition: { ArnEquals: { 'aws:SourceArn': RULE } },
};
const sending = { principal: 'events.amazonaws.com', action: 'sqs:SendMessage', resource: QUEUE, sourceArn: RULE };
const invoking = {
  principal: 'apigateway.amazonaws.com',
  action: 'lambda:InvokeFunction',
  resource: FUNCTION,
  sourceArn: `${API}/$default/GET/health`,
};

describe("a queue's policy", () => {
  const iam = createIam(aStackOf([queue, queuePolicy(fromEvents)]));

  it('lets in the service, action and source that it names', () => {
    expect(() => iam.authorizeService(sending)).not.toThrow();
  });

  it.each([
    ['another service', { principal: 'sns.amazonaws.com' }],
    ['another action', { action: 'sqs:DeleteMessage' }],
    ['another source', { sourceArn: `${RULE}-other` }],
    ['another queue', { resource: `${QUEUE}-other` }],
  ])('refuses %s', (_what, change) => {
    expect(() => iam.authorizeService({ ...sending, ...change })).toThrow(
      expect.objectContaining({
        code: 'AccessDeniedException',
        message: expect.stringContaining('no resource-based policy allows'),
      }),
    );
  });

  it('lets a deny win, and takes * as anybody', () => {
    const open = { ...fromEvents, Principal: '*', Condition: {} };
    const anybody = createIam(aStackOf([queue, queuePolicy(open)]));
    const denied = createIam(aStackOf([queue, queuePolicy(open, { ...fromEvents, Effect: 'Deny' })]));

    expect(() => anybody.authorizeService({ ...sending, principal: 'sns.amazonaws.com' })).not.toThrow();
    expect(() => denied.authorizeService(sending)).toThrow(/explicit deny in a resource-based policy/);
  });

  it('that a call has given a queue comes with the request, in place of that of the stack', () => {
    const made = `${QUEUE}-made`;
    const policy = JSON.stringify({ Statement: { ...fromEvents, Resource: '*' } });

    expect(() => iam.authorizeService({ ...sending, resource: made, policy })).not.toThrow();
    expect(() => iam.authorizeService({ ...sending, resource: made })).toThrow(/not authorized/);
    const other = { ...sending, sourceArn: `${RULE}-other` };
    expect(() => iam.authorizeService({ ...other, policy: policy.replace(RULE, '*') })).not.toThrow();
    expect(() => iam.authorizeService(other)).toThrow(/not authorized/);
    expect(() => iam.authorizeService({ ...sending, policy: '' })).toThrow(/not authorized/);
  });

  it('must belong to a queue of the stack', () => {
    expect(() => createIam(aStackOf([queuePolicy(fromEvents)]))).toThrow(
      /aws_sqs_queue_policy\.QP\.queue_url: the stack has no queue/,
    );
  });
});

describe("a function's permissions", () => {
  const iamWith = (attributes: object) => createIam(aStackOf([aRole(), aFunction(), permission(attributes)]));

  it.each([
    ['by name', {}],
    ['by ARN', { function_name: FUNCTION }],
    ['from any route of the API', { source_arn: `${API}/*/*` }],
    ['from the account', { source_account: '000000000000' }],
  ])('let the service in %s', (_what, attributes) => {
    expect(() => iamWith(attributes).authorizeService(invoking)).not.toThrow();
  });

  it.each([
    ['another API', { source_arn: 'arn:aws:execute-api:us-east-1:000000000000:b2/*/*' }],
    ['another service', { principal: 'events.amazonaws.com' }],
    ['another function', { function_name: 'cancel-parcel' }],
    ['another action', { action: 'lambda:GetFunction' }],
    ['another account', { source_account: '111111111111' }],
    ['a version', { qualifier: '1' }],
  ])('for %s do not', (_what, attributes) => {
    expect(() => iamWith(attributes).authorizeService(invoking)).toThrow(
      /apigateway\.amazonaws\.com .* is not authorized/,
    );
  });
});

it.each(['principal_org_id', 'function_url_auth_type'])('does not load where a permission has %s', (attribute) => {
  const stack = aStackOf([aRole(), aFunction(), permission({ [attribute]: 'x' })]);

  expect(() => createIam(stack)).toThrow(`aws_lambda_permission.Perm.${attribute} is not served by the local cloud`);
});

it("is a version's own where a permission has its qualifier", () => {
  const iam = createIam(aStackOf([aRole(), aFunction(), permission({ qualifier: '1' })]));

  expect(() => iam.authorizeService({ ...invoking, resource: `${FUNCTION}:1` })).not.toThrow();
  expect(() => iam.authorizeService({ ...invoking, resource: `${FUNCTION}:2` })).toThrow(/is not authorized/);
});

it("reads a topic's own policy", () => {
  const arn = 'arn:aws:sns:us-east-1:000000000000:alarms';
  const policy = JSON.stringify({
    Statement: {
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: arn,
    },
  });
  const iam = createIam(aStackOf([{ type: 'aws_sns_topic', name: 'T', attributes: { arn, policy } }]));
  const request = {
    action: 'sns:Publish',
    resource: arn,
    sourceArn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:a',
  };

  expect(() => iam.authorizeService({ ...request, principal: 'cloudwatch.amazonaws.com' })).not.toThrow();
  expect(() => iam.authorizeService({ ...request, principal: 'events.amazonaws.com' })).toThrow(/not authorized/);
});
