import { describe, expect, it } from '@jest/globals';
import { compactEvent, type HistoryEvent, transitionsOf } from '../../../localstack/console/model/events.ts';
import { runModelOf, summarise } from '../../../localstack/console/model/run.ts';
import type { RunEvent } from '../../../localstack/console/model/wire.ts';
import { recorded } from './recorded.ts';

const story = (events: readonly RunEvent[]) =>
  runModelOf(events).visits.map(({ state, status }) => `${state} ${status}`);

describe('a run that succeeds', () => {
  it('passed each state once, and none is under way', () => {
    const { visits, ending } = runModelOf(recorded('success'));

    expect(visits.map(({ status }) => status)).toEqual(visits.map(() => 'done'));
    expect(visits.map(({ state }) => state).slice(-2)).toEqual([
      'NotifyBookingConfirmed',
      'We have made your booking!',
    ]);
    expect(ending?.type).toBe('ExecutionSucceeded');
  });
});

describe('a run that is undone', () => {
  const events = recorded('failBookingConfirmation');

  it('has the failure where it was caught, and undoes the layers newest first', () => {
    expect(story(events).slice(10)).toEqual([
      'ConfirmBooking caught',
      'CancelBooking done',
      'PeelBack done',
      'RefundPayment done',
      'CancelRentalReservation done',
      'CancelFlightReservation done',
      'ReleaseSeat done',
      'CancelHotelReservation done',
      'CompensationOutcome done',
      'CloseBooking done',
      'NotifyBookingFailed done',
      'FinalOutcome done',
      "Sorry, We Couldn't make the booking failed",
    ]);
  });

  it('tells the error in the failure’s own words', () => {
    const failed = runModelOf(events).visits.find(({ state }) => state === 'ConfirmBooking');

    expect([failed?.error, failed?.cause]).toEqual([
      'InjectedFaultError',
      'ConfirmBooking fails on purpose: run type failBookingConfirmation',
    ]);
  });

  it('is at every moment what its events so far say', () => {
    for (let count = 1; count <= events.length; count++) {
      const { visits, ending } = runModelOf(events.slice(0, count));
      const open = visits.filter(({ exitedAt }) => exitedAt === undefined);

      expect(open.length).toBeLessThanOrEqual(1);
      expect(visits).toHaveLength(transitionsOf(events.slice(0, count)));
      if (count < events.length) expect(ending).toBeUndefined();
    }
  });
});

describe('retries', () => {
  const at = (id: number, type: string, rest: Partial<RunEvent> = {}): RunEvent => ({
    id,
    previous: id - 1,
    at: id * 10,
    type,
    ...rest,
  });
  const failing = [
    at(1, 'ExecutionStarted'),
    at(2, 'TaskStateEntered', { state: 'Pay' }),
    at(3, 'LambdaFunctionScheduled', { resource: 'pay' }),
    at(4, 'LambdaFunctionStarted'),
    at(5, 'LambdaFunctionFailed', { error: 'Throttled', cause: 'slow down' }),
  ];

  it('waits between its attempts, and forgets the error once one succeeds', () => {
    const events = [
      ...failing,
      at(6, 'LambdaFunctionScheduled'),
      at(7, 'LambdaFunctionStarted'),
      at(8, 'LambdaFunctionSucceeded'),
      at(9, 'TaskStateExited', { state: 'Pay' }),
    ];

    expect([5, 6, 9].map((count) => story(events.slice(0, count)))).toEqual([
      ['Pay retrying'],
      ['Pay running'],
      ['Pay done'],
    ]);
    expect(summarise(runModelOf(events).visits, 0).get('Pay')).toMatchObject({
      attempts: 2,
      failedAttempts: 1,
      milliseconds: 70,
      last: {
        error: undefined,
        attempts: [
          { from: 30, to: 50, cause: 'slow down' },
          { from: 60, to: 80 },
        ],
      },
    });
  });

  it('has failed where the run ends with its error, and stopped where the run was ended', () => {
    const ended = (type: string) => story([...failing, at(6, type)]);

    expect(['ExecutionFailed', 'ExecutionAborted', 'ExecutionTimedOut'].map(ended)).toEqual([
      ['Pay failed'],
      ['Pay stopped'],
      ['Pay stopped'],
    ]);
  });
});

it('takes events and states that it does not know, and branches that interleave', () => {
  const events: RunEvent[] = [
    { id: 1, previous: 0, at: 1, type: 'ExecutionStarted' },
    { id: 2, previous: 0, at: 1, type: 'MapStateEntered', state: 'All' },
    { id: 3, previous: 2, at: 2, type: 'QuantumStateEntered', state: '<b>One</b>' },
    { id: 4, previous: 2, at: 2, type: 'TaskStateEntered', state: 'Two' },
    { id: 5, previous: 3, at: 3, type: 'QuantumLeap' },
    { id: 6, previous: 4, at: 3, type: 'TaskFailed', error: 'Broken' },
    { id: 7, previous: 5, at: 4, type: 'QuantumStateExited', state: '<b>One</b>' },
  ];

  expect(story(events)).toEqual(['All running', '<b>One</b> done', 'Two retrying']);
});

describe('events of MiniStack', () => {
  it('follow one another where it does not tell which follows which, and name what they call shortly', () => {
    const schedule = (resource: string, resourceType: string) => ({
      taskScheduledEventDetails: { resource, resourceType },
    });
    const events = [
      { id: 1, type: 'ExecutionStarted', timestamp: 1 },
      { id: 2, type: 'TaskStateEntered', timestamp: 1, stateEnteredEventDetails: { name: 'Pay' } },
      {
        id: 3,
        type: 'TaskScheduled',
        timestamp: 1,
        ...schedule('arn:aws:lambda:us-east-1:0:function:pay:1', 'lambda'),
      },
      { id: 4, type: 'TaskSucceeded', timestamp: 1 },
      { id: 5, type: 'TaskStateExited', timestamp: 1, stateExitedEventDetails: { name: 'Pay' } },
      { id: 6, type: 'TaskStateEntered', timestamp: 1, stateEnteredEventDetails: { name: 'Write' } },
      { id: 7, type: 'TaskScheduled', timestamp: 1, ...schedule('arn:aws:states:::dynamodb:updateItem', 'states') },
    ] satisfies HistoryEvent[];

    expect(runModelOf(events.map(compactEvent)).visits).toMatchObject([
      { state: 'Pay', status: 'done', resource: 'pay' },
      { state: 'Write', status: 'running', resource: 'dynamodb:updateItem' },
    ]);
  });
});
