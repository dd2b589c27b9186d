import { describe, expect, it } from '@jest/globals';
import type { SQSRecord } from 'aws-lambda';
import { redriveBatch } from '#functions/booking/redriving/redrive-batch.ts';
import { cancelRunInput } from '#schema/saga-input.ts';
import { arnOf, memoryMachine } from '#test/support/memory-machine.ts';
import { aTrip } from '#test/support/trips.ts';

const named = (name: string): Error => Object.assign(new Error('Rate exceeded'), { name });

const aRedriveWorld = ({ random = 0, baseDelaySeconds = 30 } = {}) => {
  const machine = memoryMachine();
  const backAgain: { body: string; delaySeconds: number }[] = [];
  const errors: [messageId: string, error: Error][] = [];
  const log: string[] = [];
  const deps = {
    saga: machine,
    executions: machine,
    baseDelaySeconds,
    standing: async () => undefined,
    notify: async () => true,
    queues: {
      delay: async () => undefined,
      putBack: async (body: string, delaySeconds: number) => void backAgain.push({ body, delaySeconds }),
      giveUp: async () => undefined,
    },
    done: (what: string) => void log.push(what),
    failed: (messageId: string, error: Error) => void errors.push([messageId, error]),
    random: () => random,
  };
  return { machine, backAgain, errors, log, deps };
};

const recordsOf = (...bodies: object[]) =>
  bodies.map((body, index) => ({ messageId: `m${index}`, body: JSON.stringify(body) })) as SQSRecord[];
const trip = aTrip();
const delayed = { kind: 'delayed-redrive', input: cancelRunInput(trip, 'redrive', 1) };
/** Its input was left out, so Step Functions has to be asked. */
const longEvent = { detail: { executionArn: arnOf(trip.execution_id), status: 'FAILED', error: 'X', input: null } };

describe('a message that meets a used-up quota', () => {
  it.each([
    [
      'StartExecution',
      'ThrottlingException',
      delayed,
      { saga: { start: () => Promise.reject(named('ThrottlingException')) } },
    ],
    [
      'StartExecution',
      'ExecutionLimitExceeded',
      delayed,
      { saga: { start: () => Promise.reject(named('ExecutionLimitExceeded')) } },
    ],
    [
      'DescribeExecution',
      'ThrottlingException',
      longEvent,
      { executions: { describe: () => Promise.reject(named('ThrottlingException')) } },
    ],
  ])(
    'of %s (%s) comes again as a new one, so that its receives do not run out',
    async (_call, name, message, refusing) => {
      const { deps, backAgain, errors, log } = aRedriveWorld();
      const records = recordsOf(message);
      await expect(redriveBatch(records, { ...deps, ...refusing })).resolves.toEqual([]);
      expect(backAgain).toEqual([{ body: records[0]?.body, delaySeconds: 30 }]);
      expect(errors).toEqual([]);
      expect(log).toEqual([`put back for 30 s: ${name}`]);
    },
  );

  it('waits for a time that differs, and never longer than SQS delays a message', async () => {
    const saga = { start: () => Promise.reject(named('ThrottlingException')) };
    for (const [random, baseDelaySeconds, delaySeconds] of [
      [0.5, 30, 45],
      [0.999, 30, 60],
      [0.5, 900, 900],
    ] as const) {
      const { deps, backAgain } = aRedriveWorld({ random, baseDelaySeconds });
      await redriveBatch(recordsOf(delayed), { ...deps, saga });
      expect(backAgain).toMatchObject([{ delaySeconds }]);
    }
  });

  it('goes back by itself where it can not be sent again', async () => {
    const { deps, errors } = aRedriveWorld();
    const saga = { start: () => Promise.reject(named('ThrottlingException')) };
    const queues = { ...deps.queues, putBack: () => Promise.reject(new Error('queue down')) };
    await expect(redriveBatch(recordsOf(delayed), { ...deps, saga, queues })).resolves.toEqual([
      { itemIdentifier: 'm0' },
    ]);
    expect(errors).toMatchObject([['m0', { message: 'queue down' }]]);
  });
});

it('given a message that fails in another way, then that one alone comes again, as one more receive of it', async () => {
  const { deps, backAgain, errors } = aRedriveWorld();
  const saga = { start: () => Promise.reject(named('AccessDeniedException')) };
  await expect(redriveBatch(recordsOf(delayed), { ...deps, saga })).resolves.toEqual([{ itemIdentifier: 'm0' }]);
  expect(backAgain).toEqual([]);
  expect(errors).toMatchObject([['m0', { name: 'AccessDeniedException' }]]);
});

it('does the rest of a batch while one message waits for AWS', async () => {
  const { deps, machine } = aRedriveWorld();
  const [slow, quick] = [aTrip(), aTrip()];
  const waiting = Promise.withResolvers<void>();
  const quickStarted = Promise.withResolvers<void>();
  const saga = {
    start: async (name: string, input: Record<string, unknown>) => {
      if (name.startsWith(slow.execution_id)) await waiting.promise;
      const started = await machine.start(name, input);
      quickStarted.resolve();
      return started;
    },
  };
  const messages = [slow, quick].map((one) => ({ kind: 'compensation', input: one }));
  const failed = (_: string, error: Error): void => quickStarted.reject(error);
  const done = redriveBatch(recordsOf(...messages), { ...deps, saga, failed });
  // A batch that starts nothing is done at once.
  await Promise.race([quickStarted.promise, done]);
  expect([...machine.started.keys()]).toEqual([`${quick.execution_id}.rr-1`]);
  waiting.resolve();
  await expect(done).resolves.toEqual([]);
  expect(machine.started.size).toBe(2);
});
