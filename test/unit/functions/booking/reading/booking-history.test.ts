import { describe, expect, it } from '@jest/globals';
import type { Booking } from '#functions/booking/booking.ts';
import { bookingHistory } from '#functions/booking/reading/booking-history.ts';
import type { ExecutionHistory } from '#functions/booking/reading/execution-history.ts';
import { BookingHistory } from '#schema/http/bookings.ts';
import { iso } from './history-setup.ts';

describe('bookingHistory', () => {
  const alice = { sub: 'alice', isAdmin: false };
  const booking = {
    id: 'trip-1',
    status: 'CONFIRMED',
    customer: 'alice',
    execution_id: 'trip-1.run',
    run: {},
  } as Booking;
  const cancelRequestedAt = iso(2);

  type Ended = { [name: string]: ExecutionHistory };
  const told = { name: 'NotifyBookingConfirmed', enteredAt: iso(1), leftAt: iso(2) };
  const run = (
    second: number,
    status: ExecutionHistory['status'] = 'SUCCEEDED',
    states = [told],
  ): ExecutionHistory => ({
    status,
    startedAt: iso(second),
    states,
  });
  const world = (runs: Ended, present: Partial<Booking> | undefined = {}) => {
    const asked: string[] = [];
    return {
      asked,
      bookings: { get: async () => present && { ...booking, ...present } },
      executions: {
        read: async (name: string) => {
          asked.push(name.replace('trip-1.run', 'X'));
          return runs[name];
        },
      },
      executionArnOf: (name: string) => name,
    };
  };

  /** By what the header tells and what Step Functions knows: the runs that are shown, and those that are asked for. */
  it.each<[string, Partial<Booking>, Ended, string[], string[]]>([
    ['was made', {}, { 'trip-1.run': run(1) }, ['book X'], ['X']],
    ['is being made', { status: 'UNCONFIRMED' }, { 'trip-1.run': run(1, 'RUNNING', []) }, ['book X'], ['X']],
    ['failed', { status: 'CANCELLED' }, { 'trip-1.run': run(1, 'FAILED') }, ['book X'], ['X']],
    [
      'was made and cancelled',
      { status: 'CANCELLED', cancelRequestedAt },
      { 'trip-1.run': run(1), 'trip-1.run.cancel': run(2) },
      ['book X', 'cancel X.cancel'],
      ['X', 'X.cancel'],
    ],
    [
      'was cancelled through an older release, whose mark came too late',
      { status: 'CANCELLED', bookingReference: 'ABC234' },
      { 'trip-1.run': run(1), 'trip-1.run.cancel': run(2) },
      ['book X', 'cancel X.cancel'],
      ['X', 'X.cancel'],
    ],
    [
      'was stopped and undone',
      { status: 'CANCELLED' },
      { 'trip-1.run': run(1, 'ABORTED'), 'trip-1.run.rr-1': run(2) },
      ['book X', 'redrive X.rr-1'],
      ['X', 'X.rr-1'],
    ],
    [
      'has its message from a redrive, since its own went to the dead letters',
      {},
      { 'trip-1.run': run(1, 'SUCCEEDED', [{ ...told, error: 'Oops' } as never]), 'trip-1.run.rr-1': run(2) },
      ['book X', 'redrive X.rr-1'],
      ['X', 'X.rr-1'],
    ],
    [
      'waits for a cancellation that could not be started',
      { status: 'CANCELLING', storedStatus: 'CONFIRMED', cancelRequestedAt },
      { 'trip-1.run': run(1), 'trip-1.run.rc-1': run(2, 'RUNNING', []) },
      ['book X', 'redrive X.rc-1'],
      ['X', 'X.cancel', 'X.rc-1'],
    ],
    [
      'was redriven for both causes, in the order of their starts',
      { status: 'CANCELLED', cancelRequestedAt },
      {
        'trip-1.run': run(1, 'TIMED_OUT'),
        'trip-1.run.rr-1': run(2),
        'trip-1.run.cancel': run(3, 'ABORTED'),
        'trip-1.run.rc-1': run(4, 'FAILED', []),
        'trip-1.run.rc-2': run(5),
        'trip-1.run.rc-4': run(9),
      },
      ['book X', 'redrive X.rr-1', 'cancel X.cancel', 'redrive X.rc-1', 'redrive X.rc-2'],
      ['X', 'X.rr-1', 'X.cancel', 'X.rc-1', 'X.rc-2'],
    ],
    [
      'was cancelled, and has its message from the reconciler',
      { status: 'CANCELLED', cancelRequestedAt },
      {
        'trip-1.run': run(1),
        'trip-1.run.cancel': run(2, 'SUCCEEDED', []),
        'trip-1.run.rr-1': run(3),
      },
      ['book X', 'cancel X.cancel', 'redrive X.rr-1'],
      ['X', 'X.cancel', 'X.rc-1', 'X.rr-1'],
    ],
    [
      'was cancelled by a redrive, and has its message from the reconciler',
      { status: 'CANCELLED', cancelRequestedAt },
      {
        'trip-1.run': run(1),
        'trip-1.run.cancel': run(2, 'ABORTED', []),
        'trip-1.run.rc-1': run(3, 'TIMED_OUT', []),
        'trip-1.run.rr-1': run(4),
      },
      ['book X', 'cancel X.cancel', 'redrive X.rc-1', 'redrive X.rr-1'],
      ['X', 'X.cancel', 'X.rc-1', 'X.rc-2', 'X.rr-1'],
    ],
    [
      'was redriven by an older release, under its names',
      { status: 'CANCELLED', run: undefined as never, bookingReference: 'ABC234' },
      {
        'trip-1.run': run(1, 'ABORTED'),
        'trip-1.run.redrive-1': run(2, 'ABORTED'),
        'trip-1.run.cancel': run(3, 'FAILED', []),
        'trip-1.run.redrive-2': run(4, 'ABORTED'),
        'trip-1.run.rc-3': run(5),
      },
      ['book X', 'redrive X.redrive-1', 'cancel X.cancel', 'redrive X.redrive-2', 'redrive X.rc-3'],
      ['X', 'X.rr-1', 'X.cancel', 'X.rc-1', 'X.redrive-1', 'X.redrive-2', 'X.redrive-3', 'X.rc-3', 'X.rr-3'],
    ],
  ])('of one that %s asks for what there can be', async (_, present, runs, shown, asked) => {
    const ports = world(runs, present);
    const history = await bookingHistory(alice, 'trip-1', ports);
    expect(history.executions.map(({ name, action }) => `${action} ${name.replace('trip-1.run', 'X')}`)).toEqual(shown);
    expect(ports.asked).toEqual(asked);
    expect(BookingHistory.safeParse(history).error).toBeUndefined();
  });

  it('never asks more than twelve times, however often a booking was redriven', async () => {
    const always = { ...world({}, { cancelRequestedAt, run: undefined as never }), reads: 0 };
    const executions = {
      read: async () => {
        always.reads += 1;
        return run(always.reads, 'ABORTED');
      },
    };
    const { executions: shown } = await bookingHistory(alice, 'trip-1', { ...always, executions });
    expect([always.reads, shown.length]).toEqual([12, 12]);
  });

  it('is empty if Step Functions has forgotten the runs', async () => {
    expect(await bookingHistory(alice, 'trip-1', world({}, { status: 'CANCELLED' }))).toEqual({
      id: 'trip-1',
      status: 'CANCELLED',
      executions: [],
    });
  });

  it('given that the quota of the account is used up, then it says when to come again', async () => {
    const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
    const busy = (error: Error) =>
      bookingHistory(alice, 'trip-1', { ...world({}), executions: { read: () => Promise.reject(error) } });
    await expect(busy(throttled)).rejects.toMatchObject({
      name: 'HistoryBusyError',
      status: 429,
      retryAfterSeconds: expect.any(Number),
      cause: throttled,
    });
    await expect(busy(new Error('broken'))).rejects.toThrow('broken');
  });

  it("of another customer's booking fails like that of none", async () => {
    const errorOf = (ports: Parameters<typeof bookingHistory>[2]) =>
      bookingHistory({ sub: 'bob', isAdmin: false }, 'trip-1', ports).catch((error: Error) => error);
    const ports = world({});
    expect(await errorOf(ports)).toEqual(await errorOf({ ...ports, bookings: { get: async () => undefined } }));
    expect(await errorOf(ports)).toMatchObject({ status: 404 });
    expect(ports.asked).toEqual([]);
  });
});
