import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { describe, expect, it } from '@jest/globals';
import { historyOf, sfnExecutionHistory } from '#functions/booking/reading/execution-history.ts';
import { at, type Event, failed, iso, started } from './history-setup.ts';

const entered = (name: string): Event => ({ type: 'TaskStateEntered', stateEnteredEventDetails: { name } });

const left = (name: string): Event => ({ type: 'TaskStateExited', stateExitedEventDetails: { name } });

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
  it('lists the states of a run that has ended, the last one closed with it', () => {
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

  it('shows the current state of a running execution', () => {
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
