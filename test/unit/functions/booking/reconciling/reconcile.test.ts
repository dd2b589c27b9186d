import { describe, expect, it } from '@jest/globals';
import { cancelRunInput } from '#schema/saga-input.ts';
import { callsOf } from '#test/support/recording.ts';
import { aTrip } from '#test/support/trips.ts';
import { aReconciler, headerOf, id, now, trip } from './a-reconciler.ts';

describe('unfinished bookings', () => {
  it('are those that changed last before the age', async () => {
    const { run, calls } = aReconciler();
    await run();
    expect(calls[0]).toEqual({ call: 'store.unfinishedBefore', arguments: ['2026-03-01T09:00:00.000Z'] });
  });

  it('are counted and logged, with the heartbeat, before they are redriven', async () => {
    const { run, calls, reported } = aReconciler({ headers: [headerOf(trip), headerOf(aTrip())] });
    await expect(run()).resolves.toEqual({ stuckBookings: 2, redriven: 2, left: 0 });
    expect(reported()).toEqual([{ StuckBookings: 2, ReconcilerRuns: 1 }]);
    expect(callsOf(calls).slice(0, 3)).toEqual(['store.unfinishedBefore', 'ports.report', 'store.header']);
  });

  it('count zero where there are none, so that an alarm sees data', async () => {
    const { run, reported } = aReconciler();
    await expect(run()).resolves.toEqual({ stuckBookings: 0, redriven: 0, left: 0 });
    expect(reported()).toEqual([{ StuckBookings: 0, ReconcilerRuns: 1 }]);
  });

  it.each([
    ['UNCONFIRMED', undefined, 'rr', 'redrive'],
    ['CANCELLING', undefined, 'rr', 'redrive'],
    ['CANCELLING', now, 'rc', 'customer'],
    ['CONFIRMED', now, 'rc', 'customer'],
    // Not told how they ended.
    ['CONFIRMED', undefined, 'rr', 'redrive'],
    ['CANCELLED', undefined, 'rr', 'redrive'],
    ['CANCELLED', now, 'rr', 'redrive'],
  ] as const)(
    'that are %s (cancel requested: %s) get a redrive .%s-1 of cause %s',
    async (status, cancelRequestedAt, mark, cause) => {
      const { run, started } = aReconciler({ headers: [headerOf(trip, { status, cancelRequestedAt })] });
      await expect(run()).resolves.toMatchObject({ redriven: 1 });
      expect(started()).toEqual([[`${id}.${mark}-1`, cancelRunInput(trip, cause, 1)]]);
    },
  );

  it('are redriven with the same text each time, so that a redrive under way is not started twice', async () => {
    const { machine, run } = aReconciler({ headers: [headerOf(trip)] });
    await run();
    await run();
    expect(machine.runs).toEqual([`${id}.rr-1`]);
  });

  it('take the next free number where a redrive has ended', async () => {
    const { machine, run } = aReconciler({ headers: [headerOf(trip)] });
    await run();
    machine.end(`${id}.rr-1`);
    await run();
    expect(machine.started.get(`${id}.rr-2`)).toEqual(cancelRunInput(trip, 'redrive', 2));
  });

  it('need nothing of Step Functions but starts: their executions may be forgotten', async () => {
    const { calls, run } = aReconciler({ headers: [headerOf(trip)] });
    await run();
    expect(callsOf(calls).filter((call) => call.startsWith('saga.'))).toEqual(['saga.start']);
  });

  it('are logged and still counted after the fifth redrive, and no sixth is started', async () => {
    const { machine, run, warnings, reported } = aReconciler({ headers: [headerOf(trip)] });
    for (let turn = 0; turn < 6; turn++) {
      await run();
      for (const name of machine.runs) machine.end(name);
    }
    await expect(run()).resolves.toEqual({ stuckBookings: 1, redriven: 0, left: 0 });
    expect(machine.runs).toHaveLength(5);
    expect(warnings).toEqual(Array(2).fill(expect.stringContaining(trip.trip_id)));
    expect(reported().at(-1)).toMatchObject({ StuckBookings: 1 });
  });
});
