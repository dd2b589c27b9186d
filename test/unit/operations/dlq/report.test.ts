import { describe, expect, it } from '@jest/globals';
import { boxesOf } from '#infra/operations/dlq/boxes.ts';
import type { StandingBooking, Standings } from '#infra/operations/dlq/outcome.ts';
import type { HeldLetter } from '#infra/operations/dlq/queue.ts';
import { dataOf, detailsOf, listOf, resultsOf } from '#infra/operations/dlq/report.ts';

const [box] = boxesOf({ stage: 'dev' });
const now = new Date('2026-11-26T12:00:00.000Z');

const undone = {
  kind: 'compensation',
  trip_id: 'T1',
  execution_id: 'T1.abc',
  input: {},
  failedLayers: { RefundPayment: { Error: 'Timeout', Cause: 'the bank\n  is closed' } },
};
const untold = { ...undone, kind: 'notification', failedLayers: { NotifyBookingConfirmed: {} } };

function aLetter(body: object | string, secondsOld = 0): HeldLetter {
  if (box === undefined) throw new Error('the stage has no box');
  return {
    id: '0123456789-abc',
    box,
    queueUrl: 'http://queues/dead-letters',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    sentAt: new Date(now.getTime() - secondsOld * 1_000),
    receiptHandle: 'handle',
  };
}

const standing = (booking: StandingBooking | undefined, runs: Readonly<Record<string, string>> = {}): Standings => ({
  booking: async () => booking,
  run: async (name) => {
    const status = runs[name];
    return status === undefined ? undefined : { status, error: undefined };
  },
});
const confirmed = { executionId: 'T1.abc', status: 'CONFIRMED', isUnfinished: false } as const;

describe('the list of dead letters', () => {
  it('given no letter, when it is printed, then it says so', () => {
    expect(listOf([], now)).toEqual(['no dead letters']);
  });

  it('given a letter, when it is printed, then each failure is a line of its own, whatever lines its cause has', () => {
    expect(listOf([aLetter(undone, 5)], now)).toEqual([
      '01234567  dead-letters  5 s  T1: 1 layer could not be undone',
      '    RefundPayment: Timeout: the bank is closed',
    ]);
  });

  it.each([
    [-30, '0 s'],
    [119, '119 s'],
    [120, '2 min'],
    [119 * 60, '119 min'],
    [120 * 60, '2 h'],
    [47 * 3_600, '47 h'],
    [48 * 3_600, '2 days'],
    [14 * 24 * 3_600, '14 days'],
  ])('given a letter that is %i seconds old, when it is printed, then its age is %s', (seconds, age) => {
    expect(listOf([aLetter('hello', seconds)], now)).toEqual([
      `01234567  dead-letters  ${age}  a message of an unknown form`,
    ]);
  });

  it('given a letter, when a program reads it, then it has the whole id, the queue, the time and the run', () => {
    expect(dataOf([aLetter(undone)])).toEqual([
      {
        id: '0123456789-abc',
        queue: 'booking-saga-dev-dead-letters',
        sentAt: '2026-11-26T12:00:00.000Z',
        about: 'T1: 1 layer could not be undone',
        failures: [{ layer: 'RefundPayment', error: 'Timeout', cause: 'the bank\n  is closed' }],
        run: { tripId: 'T1', executionId: 'T1.abc', starts: 'T1.abc.rr-1' },
      },
    ]);
  });
});

describe('one dead letter', () => {
  it('given a compensation, when it is shown, then it says how the booking stands, what a redrive starts, and its text', async () => {
    expect(await detailsOf(aLetter(undone), standing({ ...confirmed, status: 'CANCELLING' }))).toEqual([
      '0123456789-abc in dead-letters since 2026-11-26T12:00:00.000Z',
      'T1: 1 layer could not be undone',
      '  RefundPayment: Timeout: the bank is closed',
      'the booking is CANCELLING',
      'redriving it starts T1.abc.rr-1 (not started yet)',
      '',
      JSON.stringify(undone, null, 2),
    ]);
  });

  it('given a redrive that has begun, when the letter is shown, then the status of the run stands beside it', async () => {
    const lines = await detailsOf(aLetter(undone), standing(confirmed, { 'T1.abc.rr-1': 'RUNNING' }));

    expect(lines).toContain('redriving it starts T1.abc.rr-1 (RUNNING)');
  });

  it.each([
    ['no booking', undefined, 'the trip has no booking'],
    [
      'the booking of another run',
      { ...confirmed, executionId: 'T1.new' },
      'the booking is CONFIRMED, of another run (T1.new)',
    ],
  ])('given a trip with %s, when its letter is shown, then it says so', async (_, booking, line) => {
    expect(await detailsOf(aLetter(undone), standing(booking))).toContain(line);
  });

  it('given a letter that starts no run, when it is shown, then only the booking is told', async () => {
    expect(await detailsOf(aLetter(untold), standing(confirmed))).toEqual([
      '0123456789-abc in dead-letters since 2026-11-26T12:00:00.000Z',
      'T1: the message that it is CONFIRMED was not sent',
      '  NotifyBookingConfirmed',
      'the booking is CONFIRMED',
      '',
      JSON.stringify(untold, null, 2),
    ]);
  });

  it('given a letter about no booking, when it is shown, then no booking is asked for, and its text stays as it is', async () => {
    const asked = async (): Promise<never> => {
      throw new Error('a booking was asked for');
    };

    expect(await detailsOf(aLetter('hello { world'), { booking: asked, run: asked })).toEqual([
      '0123456789-abc in dead-letters since 2026-11-26T12:00:00.000Z',
      'a message of an unknown form',
      '',
      'hello { world',
    ]);
  });
});

describe('the results of a redrive', () => {
  it('given no letter, when they are printed, then they say so', () => {
    expect(resultsOf([])).toEqual(['there is no dead letter to redrive']);
  });

  it('given a letter that is done and one that is not, when they are printed, then they differ', () => {
    const result = (isDone: boolean, text: string) => ({ id: '0123456789', about: 'T1', outcome: { isDone, text } });

    expect(resultsOf([result(true, 'the booking is CANCELLED'), result(false, 'it stays where it is')])).toEqual([
      '01234567  T1',
      '    done: the booking is CANCELLED',
      '01234567  T1',
      '    NOT DONE: it stays where it is',
    ]);
  });
});
