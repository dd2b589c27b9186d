import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { type Cloud, OUTSIDE, startCloud } from '#embedded/index.ts';
import { createVirtualTime, type VirtualTime } from '#embedded/testing.ts';
import { writeParcelStack } from './stack.ts';

const machineArn = 'arn:aws:states:eu-west-1:000000000000:stateMachine:parcels-sorting';

let folder: string;
let stackFile: string;
let time: VirtualTime;
let cloud: Cloud;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'swap-'));
  stackFile = writeParcelStack(folder);
  time = createVirtualTime({ start: 0 });
  cloud = await startCloud({ stackFile, port: 0, awsPort: 0, ports: time, tempFolder: join(folder, 'unpacked') });
});

afterEach(async () => {
  await cloud.close();
  rmSync(folder, { recursive: true });
});

// biome-ignore lint/suspicious/noExplicitAny: a stack file has what its author writes.
function edit(change: (resource: any) => void): void {
  const file = JSON.parse(readFileSync(stackFile, 'utf8'));
  change(file.resource);
  writeFileSync(stackFile, JSON.stringify(file));
}

const weighing = (gramsOfOne: number): string =>
  `export const handler = async ({ parcel }) => ({ parcel, grams: parcel.length * ${gramsOfOne} });`;

function zipOf(code: string): string {
  const file = join(folder, `zip-${Buffer.byteLength(code)}.zip`);
  writeFileSync(file, zipSync({ 'index.mjs': strToU8(code) }));
  return file;
}

const weigh = async () => (await cloud.lambda.invoke('parcels-weigh', { parcel: 'ab' }, OUTSIDE)).payload;

describe('a cloud that is told of a change', () => {
  it('changes nothing where nothing changed', async () => {
    expect(await cloud.swap()).toEqual({
      added: [],
      changed: [],
      removed: [],
      functions: [],
      failures: [],
      restart: [],
    });
  });

  it('takes zips that were built since, and keeps what they were built for', async () => {
    const swap = await cloud.swap({ zips: { 'parcels-weigh': zipOf(weighing(7)) } });

    expect(swap).toMatchObject({ changed: [], functions: ['parcels-weigh'] });
    expect(await weigh()).toEqual({ parcel: 'ab', grams: 14 });
  });

  it('takes a machine, in which the runs under way do not take part', async () => {
    const start = async () =>
      String(
        (
          await cloud.stepFunctions.call(
            'StartExecution',
            { stateMachineArn: machineArn, input: '{"parcels":[]}' },
            OUTSIDE,
          )
        ).executionArn,
      );
    const waiting = new Promise<void>((resolve) => {
      cloud.observe((one) => one.type === 'stateEntered' && one.state === 'Cool' && resolve());
    });
    const underWay = await start();
    await waiting;
    edit(({ aws_sfn_state_machine: { Machine } }) => {
      Machine.definition = JSON.stringify({
        StartAt: 'Skip',
        States: { Skip: { Type: 'Pass', Result: 'skipped', End: true } },
      });
    });

    expect(await cloud.swap()).toMatchObject({ changed: ['aws_sfn_state_machine.Machine'], restart: [] });

    const anew = await start();
    await time.advance(3_600_000);
    const outputOf = async (executionArn: string) =>
      (await cloud.stepFunctions.call('DescribeExecution', { executionArn }, OUTSIDE)).output;
    expect(await outputOf(anew)).toBe('"skipped"');
    expect(await outputOf(underWay)).toBe('[]');
  });

  it('takes permissions, and functions with their roles', async () => {
    edit((resource) => {
      resource.aws_iam_role_policy.machinePolicy.policy = JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
      });
      resource.aws_iam_role.OtherRole = { ...resource.aws_iam_role.weighRole, name: 'parcels-other' };
      resource.aws_lambda_function.Other = {
        ...resource.aws_lambda_function.weigh,
        function_name: 'parcels-other',
        role: '$'.concat('{aws_iam_role.OtherRole.arn}'),
      };
    });

    expect(await cloud.swap()).toMatchObject({
      added: expect.arrayContaining(['aws_iam_role.OtherRole', 'aws_lambda_function.Other']),
      changed: ['aws_iam_role_policy.machinePolicy'],
      functions: ['parcels-other'],
      restart: [],
    });
    // Calls that read the stack read the one that runs.
    const listed = await fetch(`${cloud.awsUrl}/?Action=ListRoles&Version=2010-05-08`);
    expect(await listed.text()).toContain('<RoleName>parcels-other</RoleName>');
    expect((await cloud.lambda.invoke('parcels-other', { parcel: 'ab' }, OUTSIDE)).payload).toMatchObject({
      grams: 200,
    });
    const roleArn = 'arn:aws:iam::000000000000:role/parcels-machine';
    await expect(cloud.lambda.invoke('parcels-weigh', {}, { roleArn })).rejects.toThrow(/explicit deny/);
  });

  it('takes nothing of a change that needs a restart, and names what does', async () => {
    edit((resource) => {
      resource.aws_sqs_queue.Late = { name: 'parcels-late' };
      resource.aws_lambda_function.weigh.timeout = 9;
    });

    expect(await cloud.swap()).toMatchObject({
      added: ['aws_sqs_queue.Late'],
      changed: ['aws_lambda_function.weigh'],
      functions: [],
      restart: ['aws_sqs_queue.Late'],
    });
  });

  it('says what is wrong with the file, and goes on as it was', async () => {
    edit((resource) => {
      resource.aws_kinesis_stream = { Clicks: { name: 'clicks' } };
    });

    await expect(cloud.swap()).rejects.toThrow('aws_kinesis_stream');
    expect(await weigh()).toEqual({ parcel: 'ab', grams: 200 });
  });
});
