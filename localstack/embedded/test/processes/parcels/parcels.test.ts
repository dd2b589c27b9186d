import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Cloud, type Observation, OUTSIDE, startCloud } from '#embedded/index.ts';
import { createVirtualTime, type VirtualTime } from '#embedded/testing.ts';
import { writeParcelStack } from './stack.ts';

const machineArn = 'arn:aws:states:eu-west-1:000000000000:stateMachine:parcels-sorting';
const start = Date.parse('2030-01-01T00:00:00Z');

let folder: string;
let cloud: Cloud;
let time: VirtualTime;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parcels-'));
  time = createVirtualTime({ start });
  const stackFile = writeParcelStack(folder);
  cloud = await startCloud({ stackFile, port: 0, awsPort: 0, ports: time, tempFolder: join(folder, 'unpacked') });
});

afterAll(async () => {
  await cloud?.close();
  rmSync(folder, { recursive: true });
});

/** The first observation from here on that fits. */
function observed(fits: (observation: Observation) => boolean): Promise<Observation> {
  return new Promise((resolve) => {
    const stop = cloud.observe((observation) => {
      if (!fits(observation)) return;
      setImmediate(() => stop());
      resolve(observation);
    });
  });
}

const entered = (state: string) => (one: Observation) => one.type === 'stateEntered' && one.state === state;

async function sort(parcels: readonly string[]): Promise<string> {
  const input = { stateMachineArn: machineArn, input: JSON.stringify({ parcels }) };
  return String((await cloud.stepFunctions.call('StartExecution', input, OUTSIDE)).executionArn);
}

const describeIt = (executionArn: string) => cloud.stepFunctions.call('DescribeExecution', { executionArn }, OUTSIDE);

describe('a stack of another domain, without an HTTP API', () => {
  it('runs unchanged: a Map over a function, an hour on a clock that is driven, a rule, a queue and its function', async () => {
    const cooling = observed(entered('Cool'));
    const filed = observed((one) => one.type === 'logLine' && one.message.includes('filed'));

    const executionArn = await sort(['a', 'bcd']);
    await cooling;
    await time.advance(3_599_000);
    expect(await describeIt(executionArn)).toMatchObject({ status: 'RUNNING' });
    await time.advance(1_000);

    const weighed = [
      { parcel: 'a', grams: 100 },
      { parcel: 'bcd', grams: 300 },
    ];
    const description = await describeIt(executionArn);
    expect(description).toMatchObject({
      status: 'SUCCEEDED',
      output: JSON.stringify(weighed),
      startDate: start / 1000,
      stopDate: start / 1000 + 3_600,
    });
    // The clock has to go on: a poller takes time to find a batch.
    let isFiled = false;
    void filed.then(() => {
      isFiled = true;
    });
    while (!isFiled) await time.advance(10);
    expect(await filed).toMatchObject({
      group: '/aws/lambda/parcels-file',
      message: expect.stringContaining(`filed ${JSON.stringify(weighed)}`),
    });
    expect(cloud.apiUrl).toBe('');
  });

  it('can be watched, and watched again from where one was', async () => {
    const happened: Observation[] = [];
    cloud.observe((one) => happened.push(one), 0);
    const again: Observation[] = [];
    cloud.observe((one) => again.push(one), happened[4]?.id);

    const kinds = new Set(happened.map(({ type }) => type));
    expect([...kinds]).toEqual(
      expect.arrayContaining(['stateEntered', 'stateExited', 'messageSent', 'messageDelivered', 'logLine']),
    );
    expect(happened.map(({ id }) => id)).toEqual(happened.map((_, index) => index + 1));
    expect(again).toEqual(happened.slice(5));
  });

  it('refuses a call that its policies do not allow, and says what statement is missing', async () => {
    const denied = observed((one) => one.type === 'callDenied');
    const restore = cloud.iam.without({
      policy: 'aws_iam_role_policy.machinePolicy',
      statement: 0,
      action: 'lambda:InvokeFunction',
    });

    const executionArn = await sort(['a']);
    const resource = 'arn:aws:lambda:eu-west-1:000000000000:function:parcels-weigh';
    expect(await denied).toMatchObject({
      by: 'arn:aws:iam::000000000000:role/parcels-machine',
      missing: { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: resource },
    });
    await cloud.stepFunctions.idle();
    restore();

    expect(await describeIt(executionArn)).toMatchObject({ status: 'FAILED', error: 'Lambda.AWSLambdaException' });
    const logged = cloud.logs.lines({ group: '/parcels/sorting' }).map(({ message }) => JSON.parse(message));
    expect(logged.map(({ execution_arn }) => execution_arn)).toEqual(logged.map(() => executionArn));
    expect(logged.map(({ type }) => type)).toEqual([
      'LambdaFunctionFailed',
      'MapIterationFailed',
      'TaskStateAborted',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
  });
});
