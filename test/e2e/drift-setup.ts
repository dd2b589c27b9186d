import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll } from '@jest/globals';
import { loadStack, type Stack } from '#embedded/index.ts';
import { openTarget, type Target } from '#test/support/e2e/target.ts';

/** The deployed resources, read back by AWS's own APIs, match the synthesized file. */
export let target: Target;

export let stack: Stack;

export let clients: {
  lambda: LambdaClient;
  iam: IAMClient;
  cloudwatch: CloudWatchClient;
  events: EventBridgeClient;
  gateway: ApiGatewayV2Client;
};

beforeAll(async () => {
  target = await openTarget();
  stack = loadStack(process.env.E2E_STACK_FILE ?? 'cdktf.out/stacks/booking-saga-local/cdk.tf.json');
  const options = {
    endpoint: target.awsUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  clients = {
    lambda: target.lambda,
    iam: new IAMClient(options),
    cloudwatch: new CloudWatchClient(options),
    events: new EventBridgeClient(options),
    gateway: new ApiGatewayV2Client(options),
  };
});

afterAll(async () => {
  for (const client of Object.values(clients)) client.destroy();
  await target.close();
});

export const sorted = (values: readonly unknown[]): unknown[] =>
  [...values].sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
