import '#test/support/lambda-environment.ts';
import { type DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { notifyBooking } from '#functions/notification/booking-notification.ts';
import { notificationDependencies } from '#functions/notification/notification-dependencies.ts';
import { DocumentClient } from '#functions/shared/aws/document-client.ts';
import { GetCommand } from '#functions/shared/aws/document-commands.ts';
import { cancelRunInput } from '#schema/saga-input.ts';
import { keys } from '#schema/table.ts';
import { aContext, outputOfEachTest } from '#test/support/lambda-invocation.ts';
import { arnOf } from '#test/support/memory-machine.ts';
import { aTrip } from '#test/support/trips.ts';
import { awsError, queues, stateMachineArn } from './redrive-function-setup.ts';

const { handler } = await import('#functions/booking/redriving/redrive-booking.ts');

const inputsOf = (
  spy: { mock: { calls: unknown[][] } },
  command: new (...of: never[]) => { input: unknown },
): unknown[] => spy.mock.calls.flatMap(([sent]) => (sent instanceof command ? [sent.input] : []));

const output = outputOfEachTest();
afterEach(() => {
  jest.restoreAllMocks();
});

/** Step Functions that takes every start, and knows one ended execution. */
const stepFunctions = (ended?: { name: string; status: string; input: string; error?: string }) =>
  jest.spyOn(SFNClient.prototype, 'send').mockImplementation(async (command: unknown) => {
    if (command instanceof StartExecutionCommand) return { executionArn: 'arn:started' };
    if (ended === undefined || (command as DescribeExecutionCommand).input.executionArn !== arnOf(ended.name))
      throw awsError('ExecutionDoesNotExist');
    return { executionArn: arnOf(ended.name), ...ended };
  });

/** A table whose only item is this header. */
const tableWith = (header: Record<string, unknown> | undefined) =>
  jest
    .spyOn(DocumentClient.prototype, 'send')
    .mockImplementation(async () => (header === undefined ? {} : { Item: header }));

const aBatch = (...bodies: string[]): SQSEvent =>
  ({ Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })) }) as unknown as SQSEvent;

const endOf = (name: string, input: object, detail: object = {}): string =>
  JSON.stringify({
    detail: { executionArn: arnOf(name), status: 'ABORTED', input: JSON.stringify(input), ...detail },
  });

const startsOf = (calls: { mock: { calls: unknown[][] } }) =>
  inputsOf(calls, StartExecutionCommand) as { name: string; input: string }[];

describe('the function of the redrive queue', () => {
  const trip = aTrip();
  const id = trip.execution_id;
  const header = { execution_id: id, startedAt: `${trip.started_at}#${id}` };

  it('sends a redrive back into its own queue, with the delay, and asks Step Functions nothing', async () => {
    const calls = stepFunctions();
    const sent = queues();
    await expect(handler(aBatch(endOf(id, trip)), aContext())).resolves.toEqual({ batchItemFailures: [] });
    const [message] = inputsOf(sent, SendMessageCommand) as { MessageBody: string }[];
    expect(message).toMatchObject({ QueueUrl: 'https://queues/redrive', DelaySeconds: 30 });
    expect(JSON.parse(message?.MessageBody ?? '')).toEqual({
      kind: 'delayed-redrive',
      input: cancelRunInput(trip, 'redrive', 1),
    });
    expect(calls).not.toHaveBeenCalled();
  });

  it('starts the redrive of its own delayed message when that comes back', async () => {
    const calls = stepFunctions();
    const sent = queues();
    await handler(aBatch(endOf(id, trip)), aContext());
    const [delayed] = inputsOf(sent, SendMessageCommand) as { MessageBody: string }[];
    await handler(aBatch(delayed?.MessageBody ?? ''), aContext());
    const [start, ...more] = startsOf(calls);
    expect(start).toMatchObject({ stateMachineArn, name: `${id}.rr-1` });
    expect(JSON.parse(start?.input ?? '')).toEqual(cancelRunInput(trip, 'redrive', 1));
    expect(more).toEqual([]);
  });

  it('gives a message back where Step Functions still says RUNNING of an execution that has ended', async () => {
    stepFunctions({ name: id, status: 'RUNNING', input: JSON.stringify(trip) });
    const sent = queues();
    await expect(handler(aBatch(endOf(id, trip, { input: null })), aContext())).resolves.toEqual({
      batchItemFailures: [{ itemIdentifier: 'm0' }],
    });
    expect(sent).not.toHaveBeenCalled();
  });

  it('puts a message back as a new one where the quota of Step Functions is used up', async () => {
    jest.spyOn(SFNClient.prototype, 'send').mockImplementation(() => Promise.reject(awsError('ThrottlingException')));
    const sent = queues();
    const event = endOf(id, trip, { status: 'FAILED', error: null });
    await expect(handler(aBatch(event), aContext())).resolves.toEqual({ batchItemFailures: [] });
    expect(inputsOf(sent, SendMessageCommand)).toMatchObject([
      { QueueUrl: 'https://queues/redrive', MessageBody: event },
    ]);
  });

  describe('after the last try', () => {
    const last = `${id}.rr-5`;
    const event = endOf(last, cancelRunInput(trip, 'redrive', 5), { status: 'TIMED_OUT' });

    it('sends a dead letter', async () => {
      tableWith({ ...header, status: 'CANCELLING' });
      const sent = queues();
      await handler(aBatch(event), aContext());
      const [letter] = inputsOf(sent, SendMessageCommand) as { QueueUrl: string; MessageBody: string }[];
      expect(letter?.QueueUrl).toBe('https://queues/dead-letters');
      expect(JSON.parse(letter?.MessageBody ?? '')).toMatchObject({ kind: 'redrive', trip_id: trip.trip_id });
    });

    it('sends none for a booking that is cancelled, as its header says by now', async () => {
      const reads = tableWith({ ...header, status: 'CANCELLED' });
      const sent = queues();
      await expect(handler(aBatch(event), aContext())).resolves.toEqual({ batchItemFailures: [] });
      expect(sent).not.toHaveBeenCalled();
      expect(inputsOf(reads, GetCommand)).toMatchObject([{ Key: keys.booking(trip.trip_id), ConsistentRead: true }]);
    });

    it('gives the message back where the header can not be read', async () => {
      jest.spyOn(DocumentClient.prototype, 'send').mockImplementation(() => Promise.reject(new Error('down')));
      await expect(handler(aBatch(event), aContext())).resolves.toEqual({
        batchItemFailures: [{ itemIdentifier: 'm0' }],
      });
    });
  });

  describe('for a letter about a notification', () => {
    const failed = { Error: 'E', Cause: 'C' };
    const letter = (input: object) =>
      JSON.stringify({ kind: 'notification', input, failedLayers: { NotifyBookingConfirmed: failed } });

    it("publishes the very message of the saga's step", async () => {
      tableWith({ ...header, status: 'CONFIRMED' });
      const topic = jest.spyOn(SNSClient.prototype, 'send').mockImplementation(async () => ({}));
      await notifyBooking('CONFIRMED', trip, notificationDependencies());
      await expect(handler(aBatch(letter(trip)), aContext())).resolves.toEqual({ batchItemFailures: [] });
      const [step, redriven, ...more] = inputsOf(topic, PublishCommand);
      expect(step).toMatchObject({ TopicArn: 'arn:topic' });
      expect([redriven, more]).toEqual([step, []]);
    });

    it('publishes nothing where the booking was cancelled since', async () => {
      tableWith({ ...header, status: 'CANCELLED' });
      const topic = jest.spyOn(SNSClient.prototype, 'send').mockImplementation(async () => ({}));
      await expect(handler(aBatch(letter(trip)), aContext())).resolves.toEqual({ batchItemFailures: [] });
      expect(topic).not.toHaveBeenCalled();
    });

    it('gives it back where the topic fails, or its input is none', async () => {
      tableWith({ ...header, status: 'CONFIRMED' });
      jest.spyOn(SNSClient.prototype, 'send').mockImplementation(() => Promise.reject(awsError('topic down')));
      const { batchItemFailures } = await handler(aBatch(letter(trip), letter({})), aContext());
      expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort()).toEqual(['m0', 'm1']);
    });
  });

  it('returns only the failed messages, and handles the rest', async () => {
    const calls = stepFunctions();
    queues();
    const broken = ['no JSON', '{}', '[]', 'null', '{"kind":"mystery"}', '{"kind":"compensation","input":{}}'];
    const settled = endOf(id, trip, { status: 'FAILED', error: 'BookingFailed' });
    const batch = aBatch(settled, ...broken, JSON.stringify({ kind: 'compensation', input: trip }));
    await expect(handler(batch, aContext())).resolves.toEqual({
      batchItemFailures: broken.map((_, index) => ({ itemIdentifier: `m${index + 1}` })),
    });
    expect(startsOf(calls).map(({ name }) => name)).toEqual([`${id}.rr-1`]);
    const errors = output.logs().filter(({ level }) => level === 'ERROR');
    expect(errors.map(({ messageId }) => messageId)).toEqual(broken.map((_, index) => `m${index + 1}`));
  });
});
