import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import { OUTSIDE } from '#embedded/index.ts';
import { ended, executionArn } from '#test/support/e2e/saga.ts';
import { until } from '#test/support/e2e/until.ts';
import {
  aTripOf,
  book,
  functionOf,
  openFaultyCloud,
  runOf,
  standingOf,
  type Trip,
  undone,
} from '#test/support/faulty-cloud.ts';
import { openSuite } from '#test/support/open-suite.ts';

const target = openSuite(openFaultyCloud);

const runs = async (): Promise<string[]> => {
  const { stateMachineArn } = target;
  const { executions = [] } = await target.stepFunctions.send(new ListExecutionsCommand({ stateMachineArn }));
  return executions.map(({ name = '' }) => name);
};
const runsOf = async (trip: Trip): Promise<string[]> =>
  (await runs()).filter((name) => name.startsWith(trip.input.trip_id));

async function takeBodies(QueueUrl: string, count: number): Promise<string[]> {
  const bodies: string[] = [];
  await until(async () => {
    const { Messages = [] } = await target.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    for (const { Body = '', ReceiptHandle } of Messages) {
      bodies.push(Body);
      await target.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    return bodies.length >= count || undefined;
  });
  return bodies;
}

const queueDrained = () =>
  until(async () => {
    const { Attributes = {} } = await target.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: target.redriveQueueUrl, AttributeNames: ['All'] }),
    );
    const waiting = [
      Attributes.ApproximateNumberOfMessages,
      Attributes.ApproximateNumberOfMessagesNotVisible,
      Attributes.ApproximateNumberOfMessagesDelayed,
    ];
    return waiting.every((count) => Number(count) === 0) || undefined;
  });

/** Resolves once the redrive function has been given a message about the trip. */
const redriveIsAskedAbout = (trip: Trip): Promise<void> =>
  new Promise((resolve) => {
    const stop = target.cloud.lambda.intercept(async ({ functionName, payload, proceed }) => {
      const reply = await proceed();
      if (functionName === functionOf('RedriveBooking') && JSON.stringify(payload).includes(trip.input.trip_id)) {
        stop();
        resolve();
      }
      return reply;
    });
  });

type Detail = Record<string, unknown>;

/** Changes the events of executions from now on. */
const telling = (change: (detail: Detail) => Detail): (() => void) =>
  target.cloud.events.intercept((event) => [{ ...event, detail: change(event.detail as Detail) }]);
const without =
  (...fields: string[]) =>
  (detail: Detail): Detail =>
    Object.fromEntries(Object.entries(detail).filter(([field]) => !fields.includes(field)));

/** Every way in which AWS's event may differ from what its documentation shows. */
const events: [string, (detail: Detail) => Detail][] = [
  ['as documented', (detail) => detail],
  ['without an error', without('error', 'cause')],
  ['with an error of null', (detail) => ({ ...detail, error: null, cause: null })],
  ['without its input', without('input')],
  ['with an input that was too long', (detail) => ({ ...detail, input: null, inputDetails: { included: false } })],
  [
    'with nothing but the execution',
    ({ executionArn: arn, status, stateMachineArn }) => ({ executionArn: arn, status, stateMachineArn }),
  ],
];

describe('the event of an ended execution', () => {
  it.each(events)('given one %s, when the run was stopped half-way, then it is undone', async (_, change) => {
    const trip = await aTripOf(target);
    const { execution_id: id } = trip.input;
    const restore = telling(change);
    const stop = target.cloud.lambda.intercept(async ({ functionName, payload, proceed }) => {
      const run = runOf(payload);
      if (functionName === functionOf('TakePayment') && run.execution_id === id) {
        await target.cloud.stepFunctions.call('StopExecution', { executionArn: executionArn(target, id) }, OUTSIDE);
      }
      return proceed();
    });
    await book(target, trip);
    await ended(target, executionArn(target, `${id}.rr-1`));
    stop();
    restore();
    expect(await standingOf(target, trip)).toEqual(undone);
  });

  it.each(events)('given one %s, when the booking failed by itself, then nothing is started', async (_, change) => {
    const trip = await aTripOf(target, { run_type: 'failHotel' });
    const restore = telling(change);
    const handled = redriveIsAskedAbout(trip);
    expect((await book(target, trip)).error).toBe('BookingFailed');
    await handled;
    await queueDrained();
    restore();
    expect(await runsOf(trip)).toEqual([trip.input.execution_id]);
  });
});

describe('an invalid message in the redrive queue', () => {
  it('given such messages, when they failed five times, then they wait in the dead letters and start nothing', async () => {
    const trip = await aTripOf(target);
    const bodies = [
      '{}',
      '[]',
      'null',
      'no JSON',
      '{"kind":"mystery"}',
      '{"kind":"compensation","input":{}}',
      JSON.stringify({ kind: 'redrive', input: { ...trip.input, execution_id: 'another.one' } }),
      JSON.stringify({ kind: 'notification', input: trip.input, failedLayers: {} }),
      JSON.stringify({ kind: 'delayed-redrive', input: trip.input }),
    ];
    const before = await runs();
    for (const MessageBody of bodies) {
      await target.sqs.send(new SendMessageCommand({ QueueUrl: target.redriveQueueUrl, MessageBody }));
    }
    const letters = await takeBodies(target.deadLetterQueueUrl, bodies.length);
    expect(letters.sort()).toEqual(bodies.sort());
    expect(await runs()).toEqual(before);
  });
});
