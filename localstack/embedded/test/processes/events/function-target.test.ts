import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { type Cloud, OUTSIDE, startCloud } from '#embedded/index.ts';
import { createVirtualTime, type VirtualTime } from '#embedded/testing.ts';

const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:000000000000:${name}`;
/** A reference of Terraform's. */
const ref = (path: string) => `\${${path}}`;
const functionArn = arn('lambda', 'function:job');
const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const fromEvents = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage' };

/** One rule whose target is a function; letters of the rule and of the function have a queue each. */
const stack = (zip: string) => ({
  provider: { aws: [{ region: 'us-east-1' }] },
  resource: {
    aws_iam_role: {
      Job: {
        name: 'job',
        assume_role_policy: policyOf({
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'lambda.amazonaws.com' },
        }),
      },
    },
    aws_iam_role_policy: {
      Job: {
        role: ref('aws_iam_role.Job.name'),
        policy: policyOf({ Effect: 'Allow', Action: ['logs:*', 'sqs:SendMessage'], Resource: '*' }),
      },
    },
    aws_lambda_function: {
      Job: {
        function_name: 'job',
        role: ref('aws_iam_role.Job.arn'),
        filename: zip,
        handler: 'index.handler',
        runtime: 'nodejs24.x',
      },
    },
    aws_lambda_function_event_invoke_config: {
      Job: { function_name: 'job', destination_config: { on_failure: { destination: arn('sqs', 'of-function') } } },
    },
    aws_lambda_permission: {
      Rule: {
        function_name: 'job',
        action: 'lambda:InvokeFunction',
        principal: 'events.amazonaws.com',
        source_arn: ref('aws_cloudwatch_event_rule.Job.arn'),
      },
    },
    aws_sqs_queue: { OfRule: { name: 'of-rule' }, OfFunction: { name: 'of-function' } },
    aws_sqs_queue_policy: {
      OfRule: { queue_url: ref('aws_sqs_queue.OfRule.url'), policy: policyOf({ ...fromEvents, Resource: '*' }) },
    },
    aws_cloudwatch_event_rule: { Job: { name: 'job', event_pattern: JSON.stringify({ source: ['test'] }) } },
    aws_cloudwatch_event_target: {
      Job: { rule: 'job', arn: functionArn, dead_letter_config: { arn: arn('sqs', 'of-rule') } },
    },
  },
});

let folder: string;
let cloud: Cloud;
let time: VirtualTime;
let tries: number[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'function-target-'));
  writeFileSync(join(folder, 'job.zip'), zipSync({ 'index.mjs': strToU8('export const handler = async () => {};') }));
  const stackFile = join(folder, 'cdk.tf.json');
  writeFileSync(stackFile, JSON.stringify(stack(join(folder, 'job.zip'))));
  time = createVirtualTime();
  const quiet = { tempFolder: join(folder, 'unpacked'), warn: () => {} };
  cloud = await startCloud({ stackFile, port: 0, awsPort: 0, ports: time, ...quiet });
  tries = [];
  cloud.lambda.intercept(() => {
    tries.push(time.clock.now());
    return { payload: { errorMessage: 'no' }, functionError: 'Unhandled' };
  });
});

afterEach(async () => {
  await cloud?.close();
  rmSync(folder, { recursive: true });
});

const put = () => {
  const Entries = [{ Source: 'test', DetailType: 'done', Detail: '{"a":1}' }];
  return cloud.events.call('PutEvents', { Entries }, OUTSIDE);
};

async function letters(queue: string): Promise<Record<string, never>[]> {
  const input = { QueueUrl: `http://any/000000000000/${queue}`, MessageAttributeNames: ['All'] };
  return ((await cloud.sqs.call('ReceiveMessage', input, OUTSIDE)).Messages ?? []) as Record<string, never>[];
}

describe('a function as the target of a rule', () => {
  it('given that it fails, then Lambda tries it again after one and two minutes, and the letter is in the queue of the function alone', async () => {
    await put();
    await time.advance(59_999);
    expect(tries).toEqual([0]);
    await time.advance(120_001);
    expect(tries).toEqual([0, 60_000, 180_000]);

    const [letter] = await letters('of-function');
    expect(JSON.parse(String(letter?.Body))).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
      requestPayload: { source: 'test', detail: { a: 1 } },
    });
    expect(await letters('of-rule')).toEqual([]);
  });

  it('given that it does not let the rule in, then the event is in the queue of the rule, and the function has not run', async () => {
    const allowed = cloud.iam.policies().find(({ policy }) => policy === 'aws_lambda_permission.Rule');
    if (!allowed) throw new Error('the permission has another address');
    cloud.iam.without(allowed);
    await put();
    await time.advance(1_000);

    const [letter] = await letters('of-rule');
    expect(JSON.parse(String(letter?.Body))).toMatchObject({ source: 'test', detail: { a: 1 } });
    expect(letter?.MessageAttributes).toMatchObject({
      ERROR_CODE: { StringValue: 'NO_PERMISSIONS' },
      TARGET_ARN: { StringValue: functionArn },
    });
    expect(tries).toEqual([]);
  });
});
