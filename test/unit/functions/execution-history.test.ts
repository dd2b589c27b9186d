import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { describe, expect, it } from '@jest/globals';
import { bookingHistory } from '#functions/booking/booking-history.ts';
import type { Booking } from '#functions/booking/booking-view.ts';
import { type ExecutionHistory, historyOf, sfnExecutionHistory } from '#functions/booking/execution-history.ts';
import { BookingHistory } from '#schema/http/bookings.ts';

const at = (second: number): Date => new Date(Date.UTC(2026, 2, 1, 10, 0, second));
const iso = (second: number): string => at(second).toISOString();

type Event = Partial<HistoryEvent>;
const started: Event = { type: 'ExecutionStarted' };
const entered = (name: string): Event => ({ type: 'TaskStateEntered', stateEnteredEventDetails: { name } });
const left = (name: string): Event => ({ type: 'TaskStateExited', stateExitedEventDetails: { name } });
const failed = (error: string): Event => ({
  type: 'LambdaFunctionFailed',
  lambdaFunctionFailedEventDetails: { error },
});
const timedOut: Event = { type: 'LambdaFunctionTimedOut', lambdaFunctionTimedOutEventDetails: {} };
const taskFailed: Event = {
  type: 'TaskFailed',
  taskFailedEventDetails: { error: 'DynamoDB.Oops', resource: 'r', resourceType: 't' },
};
const succeeded: Event = { type: 'LambdaFunctionSucceeded' };

/** A second from event to event. */
const events = (...list: Event[]): HistoryEvent[] =>
  list.map(
    (event, second) => ({ type: 'ExecutionStarted', id: second + 1, timestamp: at(second), ...event }) as HistoryEvent,
  );

describe('historyOf', () => {
  it('tells the states of a run that has ended, the last one closed with it', () => {
    const list = events(started, entered('A'), succeeded, left('A'), entered('Done'), { type: 'ExecutionSucceeded' });
    expect(historyOf(list)).toEqual({
      status: 'SUCCEEDED',
      startedAt: iso(0),
      endedAt: iso(5),
      states: [
        { name: 'A', enteredAt: iso(1), leftAt: iso(3) },
        { name: 'Done', enteredAt: iso(4), leftAt: iso(5) },
      ],
    });
  });

  it('tells what a run that is under way is at', () => {
    expect(historyOf(events(started, entered('A'), left('A'), entered('B')))).toEqual({
      status: 'RUNNING',
      startedAt: iso(0),
      states: [
        { name: 'A', enteredAt: iso(1), leftAt: iso(2) },
        { name: 'B', enteredAt: iso(3) },
      ],
    });
  });

  it.each<[string, Event[], string | undefined]>([
    ['fails', [failed('PaymentDeclinedError')], 'PaymentDeclinedError'],
    ['fails after a retry', [failed('A'), failed('B')], 'B'],
    ['succeeds after a retry', [failed('A'), succeeded], undefined],
    ['times out', [timedOut], 'States.Timeout'],
    ['is refused by a service', [taskFailed], 'DynamoDB.Oops'],
  ])('names the error of a state whose last attempt %s', (_, attempts, error) => {
    const { states } = historyOf(events(started, entered('A'), ...attempts, left('A'), entered('B'), left('B')));
    expect(states.map((state) => state.error)).toEqual([error, undefined]);
  });

  it.each([
    ['ExecutionFailed', 'FAILED'],
    ['ExecutionTimedOut', 'TIMED_OUT'],
    ['ExecutionAborted', 'ABORTED'],
  ])('calls a run with %s %s', (type, status) => {
    expect(historyOf(events(started, entered('A'), { type: type as 'ExecutionFailed' }))).toMatchObject({ status });
  });
});

it('reads all pages, and an execution that is forgotten as none', async () => {
  const pages = [
    { events: events(started, entered('A')), nextToken: 'more' },
    { events: events(left('A'), { type: 'ExecutionSucceeded' }) },
  ];
  const asked: unknown[] = [];
  const client = {
    send: async ({ input }: { input: { nextToken?: string } }) => {
      asked.push(input);
      return pages[input.nextToken === 'more' ? 1 : 0];
    },
  };
  const history = await sfnExecutionHistory(client as never).read('arn');
  expect(history?.states.map(({ name }) => name)).toEqual(['A']);
  expect(asked).toEqual([
    { executionArn: 'arn', maxResults: 1000, includeExecutionData: false, nextToken: undefined },
    { executionArn: 'arn', maxResults: 1000, includeExecutionData: false, nextToken: 'more' },
  ]);

  const forgetful = (name: string) => ({ send: () => Promise.reject(Object.assign(new Error('gone'), { name })) });
  expect(await sfnExecutionHistory(forgetful('ExecutionDoesNotExist') as never).read('arn')).toBeUndefined();
  await expect(sfnExecutionHistory(forgetful('AccessDenied') as never).read('arn')).rejects.toThrow('gone');
});

describe('bookingHistory', () => {
  const alice = { sub: 'alice', isAdmin: false };
  const booking = {
    id: 'trip-1',
    status: 'CANCELLED',
    customer: 'alice',
    execution_id: 'trip-1.run',
  } as Booking;
  const run = (second: number): ExecutionHistory => ({ status: 'SUCCEEDED', startedAt: iso(second), states: [] });
  const ports = (runs: Record<string, ExecutionHistory>, present: Booking | undefined = booking) => ({
    bookings: { get: async () => present },
    executions: { read: async (arn: string) => runs[arn] },
    executionArnOf: (name: string) => name,
  });

  it('tells the runs in the order in which they were started', async () => {
    const history = await bookingHistory(
      alice,
      'trip-1',
      ports({
        'trip-1.run': run(1),
        'trip-1.run.cancel': run(3),
        'trip-1.run.redrive-1': run(2),
        'trip-1.run.redrive-2': run(4),
        'trip-1.run.redrive-4': run(9),
      }),
    );
    expect(history.executions.map(({ name, action }) => `${action} ${name}`)).toEqual([
      'book trip-1.run',
      'redrive trip-1.run.redrive-1',
      'cancel trip-1.run.cancel',
      'redrive trip-1.run.redrive-2',
    ]);
    expect(BookingHistory.safeParse(history).error).toBeUndefined();
  });

  it('tells of none where Step Functions has forgotten them', async () => {
    expect(await bookingHistory(alice, 'trip-1', ports({}))).toEqual({
      id: 'trip-1',
      status: 'CANCELLED',
      executions: [],
    });
  });

  it("of another customer's booking fails like that of none", async () => {
    const errorOf = (world: Parameters<typeof bookingHistory>[2]) =>
      bookingHistory({ sub: 'bob', isAdmin: false }, 'trip-1', world).catch((error: Error) => error);
    const world = ports({});
    expect(await errorOf(world)).toEqual(await errorOf({ ...world, bookings: { get: async () => undefined } }));
    expect(await errorOf(world)).toMatchObject({ status: 404 });
  });
});
