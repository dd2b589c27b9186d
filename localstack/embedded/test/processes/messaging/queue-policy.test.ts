import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Cloud, OUTSIDE, startCloud } from '#embedded/index.ts';

/** A reference of Terraform's. */
const ref = (path: string) => `\${${path}}`;
const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const statesArn = (name: string) => `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`;

const role = (name: string) => ({
  name,
  assume_role_policy: policyOf({
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { Service: 'states.amazonaws.com' },
  }),
});
const machine = (name: string, queue: string) => ({
  name,
  role_arn: ref(`aws_iam_role.${name}.arn`),
  definition: JSON.stringify({
    StartAt: 'Send',
    States: {
      Send: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage',
        Parameters: { QueueUrl: ref(`aws_sqs_queue.${queue}.url`), MessageBody: 'm' },
        End: true,
      },
    },
  }),
});
const aboutQueue = { Action: 'sqs:*', Resource: '*' };

/** One machine may do everything, the other nothing by its role. */
const stack = {
  provider: { aws: [{ region: 'us-east-1' }] },
  resource: {
    aws_iam_role: { All: role('all'), None: role('none') },
    aws_iam_role_policy: {
      All: { role: 'all', policy: policyOf({ Effect: 'Allow', Action: '*', Resource: '*' }) },
    },
    aws_sqs_queue: { Shut: { name: 'shut' }, Open: { name: 'open' } },
    aws_sqs_queue_policy: {
      Shut: {
        queue_url: ref('aws_sqs_queue.Shut.url'),
        policy: policyOf({ Effect: 'Deny', Principal: '*', ...aboutQueue }),
      },
      Open: {
        queue_url: ref('aws_sqs_queue.Open.url'),
        policy: policyOf({ Effect: 'Allow', Principal: { AWS: ref('aws_iam_role.None.arn') }, ...aboutQueue }),
      },
    },
    aws_sfn_state_machine: { All: machine('All', 'Shut'), None: machine('None', 'Open') },
  },
};

let folder: string;
let cloud: Cloud;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'queue-policy-'));
  const stackFile = join(folder, 'cdk.tf.json');
  writeFileSync(stackFile, JSON.stringify(stack));
  cloud = await startCloud({ stackFile, port: 0, awsPort: 0, tempFolder: join(folder, 'unpacked'), warn: () => {} });
});

afterAll(async () => {
  await cloud?.close();
  rmSync(folder, { recursive: true });
});

async function run(name: string) {
  const start = { stateMachineArn: statesArn(name) };
  const { executionArn } = await cloud.stepFunctions.call('StartExecution', start, OUTSIDE);
  await cloud.stepFunctions.idle();
  return cloud.stepFunctions.call('DescribeExecution', { executionArn }, OUTSIDE);
}

it("a machine that may do everything does not get past a queue's deny", async () => {
  expect(await run('All')).toMatchObject({
    status: 'FAILED',
    cause: expect.stringContaining('resource-based policy: aws_sqs_queue_policy.Shut.Statement[0]'),
  });
});

it('a machine without a permission sends to a queue that lets its role in', async () => {
  expect(await run('None')).toMatchObject({ status: 'SUCCEEDED' });
});
