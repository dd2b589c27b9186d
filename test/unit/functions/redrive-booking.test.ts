import '#test/support/lambda-environment.ts';
import { type DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { executionArnOf, sfnExecutionReader } from '#functions/booking/execution-reader.ts';
import { notifyBooking } from '#functions/notification/booking-notification.ts';
import { notificationDependencies } from '#functions/notification/notification-dependencies.ts';
import { sfnSagaStarter } from '#functions/shared/sfn-saga-starter.ts';
import { cancelRunInput } from '#schema/saga-input.ts';
import { aContext, captureLambdaOutput, type LambdaOutput } from '#test/support/lambda-invocation.ts';
import { arnOf } from '#test/support/memory-machine.ts';
import { aTrip } from '#test/support/trips.ts';

const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:saga';
Object.assign(process.env, {
  STATE_MACHINE_ARN: stateMachineArn,
  REDRIVE_QUEUE_URL: 'https://queues/redrive',
  DEAD_LETTER_QUEUE_URL: 'https://queues/dead-letters',
  REDRIVE_DELAY_SECONDS: '30',
  BOOKING_TOPIC_ARN: 'arn:topic',
  TABLE_NAME: 'bookings',
});
const { handler } = await import('#functions/booking/redrive-booking.ts');

const awsError = (name: string): Error => Object.assign(new Error(name), { name });
const inputsOf = (
  spy: { mock: { calls: unknown[][] } },
  command: new (...of: never[]) => { input: unknown },
): unknown[] => spy.mock.calls.flatMap(([sent]) => (sent instanceof command ? [sent.input] : []));

let output: LambdaOutput;
beforeEach(() => {
  output = captureLambdaOutput();
});
afterEach(() => {
  output.restore();
  jest.restoreAllMocks();
});

/** Step Functions that knows one ended execution and takes every start. */
const stepFunctions = (ended: { name: string; status: string; input: string; error?: string }) =>
  jest.spyOn(SFNClient.prototype, 'send').mockImplementation(async (command: unknown) => {
    if (command instanceof StartExecutionCommand) return { executionArn: 'arn:started' };
    if ((command as DescribeExecutionCommand).input.executionArn !== arnOf(ended.name))
      throw awsError('ExecutionDoesNotExist');
    return { executionArn: arnOf(ended.name), ...ended };
  });
const header = (Item: object) =>
  jest.spyOn(DynamoDBDocumentClient.prototype, 'send').mockImplementation(async () => ({ Item }));
const queues = () => jest.spyOn(SQSClient.prototype, 'send').mockImplementation(async () => ({}));
const aBatch = (...bodies: string[]): SQSEvent =>
  ({ Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })) }) as unknown as SQSEvent;
const endOf = (name: string): string => JSON.stringify({ detail: { executionArn: arnOf(name) } });

describe('the function of the redrive queue', () => {
  const trip = aTrip();
  const id = trip.execution_id;

  it('sends a redrive back into its own queue, with the delay', async () => {
    stepFunctions({ name: id, status: 'ABORTED', input: JSON.stringify(trip) });
    const sent = queues();
    await expect(handler(aBatch(endOf(id)), aContext())).resolves.toEqual({ batchItemFailures: [] });
    const [message] = inputsOf(sent, SendMessageCommand) as { MessageBody: string }[];
    expect(message).toMatchObject({ QueueUrl: 'https://queues/redrive', DelaySeconds: 30 });
    expect(JSON.parse(message?.MessageBody ?? '')).toEqual({
      kind: 'delayed-redrive',
      input: cancelRunInput(trip, 'redrive', 1),
    });
  });

  it('starts what it sent when that comes back', async () => {
    const calls = stepFunctions({ name: id, status: 'ABORTED', input: JSON.stringify(trip) });
    const sent = queues();
    await handler(aBatch(endOf(id)), aContext());
    const [delayed] = inputsOf(sent, SendMessageCommand) as { MessageBody: string }[];
    await handler(aBatch(delayed?.MessageBody ?? ''), aContext());
    const [start, ...more] = inputsOf(calls, StartExecutionCommand) as { input: string }[];
    expect(start).toMatchObject({ stateMachineArn, name: `${id}.redrive-1` });
    expect(JSON.parse(start?.input ?? '')).toEqual(cancelRunInput(trip, 'redrive', 1));
    expect(more).toEqual([]);
  });

  it('sends a dead letter after the last try', async () => {
    const input = JSON.stringify(cancelRunInput(trip, 'redrive', 5));
    stepFunctions({ name: `${id}.redrive-5`, status: 'TIMED_OUT', input });
    const sent = queues();
    await handler(aBatch(endOf(`${id}.redrive-5`)), aContext());
    const [letter] = inputsOf(sent, SendMessageCommand) as { QueueUrl: string; MessageBody: string }[];
    expect(letter?.QueueUrl).toBe('https://queues/dead-letters');
    expect(JSON.parse(letter?.MessageBody ?? '')).toMatchObject({ kind: 'redrive', trip_id: trip.trip_id });
  });

  describe('for a letter about a notification', () => {
    const failed = { Error: 'E', Cause: 'C' };
    const letter = (input: object) =>
      JSON.stringify({ kind: 'notification', input, failedLayers: { NotifyBookingConfirmed: failed } });

    it("publishes the very message of the saga's step", async () => {
      const topic = jest.spyOn(SNSClient.prototype, 'send').mockImplementation(async () => ({}));
      header({ execution_id: id, status: 'CONFIRMED', startedAt: '' });
      await notifyBooking('CONFIRMED', trip, notificationDependencies());
      await expect(handler(aBatch(letter(trip)), aContext())).resolves.toEqual({ batchItemFailures: [] });
      const [step, redriven, ...more] = inputsOf(topic, PublishCommand);
      expect(step).toMatchObject({ TopicArn: 'arn:topic' });
      expect([redriven, more]).toEqual([step, []]);
    });

    it('gives it back where the topic fails, or its input is none', async () => {
      header({ execution_id: id, status: 'CONFIRMED', startedAt: '' });
      jest.spyOn(SNSClient.prototype, 'send').mockImplementation(() => Promise.reject(awsError('topic down')));
      await expect(handler(aBatch(letter(trip), letter({})), aContext())).resolves.toEqual({
        batchItemFailures: [{ itemIdentifier: 'm0' }, { itemIdentifier: 'm1' }],
      });
    });
  });

  it('gives back alone what failed, and does the rest', async () => {
    stepFunctions({ name: id, status: 'SUCCEEDED', input: JSON.stringify(trip) });
    queues();
    const batch = aBatch('no JSON', endOf(id), endOf('unknown'), '{"kind":"mystery"}', 'null');
    await expect(handler(batch, aContext())).resolves.toEqual({
      batchItemFailures: ['m0', 'm2', 'm3', 'm4'].map((itemIdentifier) => ({ itemIdentifier })),
    });
    expect(output.logs().filter(({ level }) => level === 'ERROR')).toHaveLength(4);
  });
});

describe('Step Functions behind its ports', () => {
  const answering = (answer: () => Promise<unknown>): SFNClient => ({ send: answer }) as unknown as SFNClient;

  it('describes an execution', async () => {
    const reader = sfnExecutionReader(
      answering(async () => ({ name: 'n', status: 'FAILED', error: 'E', cause: 'C', input: '{"a":1}' })),
    );
    await expect(reader.describe('arn:n')).resolves.toEqual({
      executionArn: 'arn:n',
      name: 'n',
      status: 'FAILED',
      error: 'E',
      cause: 'C',
      input: '{"a":1}',
    });
  });

  it('knows nothing of an execution that does not exist, but lets other errors through', async () => {
    const failing = (name: string) =>
      sfnExecutionReader(answering(() => Promise.reject(awsError(name)))).describe('arn:n');
    await expect(failing('ExecutionDoesNotExist')).resolves.toBeUndefined();
    await expect(failing('ThrottlingException')).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

  it('fails a start that gives no execution', async () => {
    await expect(sfnSagaStarter(answering(async () => ({}))).start('n', {})).rejects.toThrow(
      /without an execution ARN/,
    );
  });

  it("makes an execution's ARN from the machine's", () => {
    expect(executionArnOf(stateMachineArn, 'trip.a')).toBe(
      'arn:aws:states:us-east-1:000000000000:execution:saga:trip.a',
    );
  });
});
