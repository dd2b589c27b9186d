import { describe, expect, it } from '@jest/globals';
import { type ReconcilerStore, reconcile, type UnfinishedHeader } from '#functions/booking/reconciling/reconcile.ts';
import { keptRunOf, runInputOf } from '#functions/trip/kept-run.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import { cancelRunInput } from '#schema/saga-input.ts';
import { memoryMachine } from '#test/support/memory-machine.ts';
import { callsOf, type Recorded, recorded } from '#test/support/recording.ts';
import { anExecutionId, aTrip } from '#test/support/trips.ts';

const now = '2026-03-01T10:00:00.000Z';
const longAgo = '2026-03-01T08:59:59.999Z';

/** As the table has it. */
const headerOf = (trip: BookingRunInput, overrides: Partial<UnfinishedHeader> = {}): UnfinishedHeader => ({
  id: trip.trip_id,
  execution_id: trip.execution_id,
  startedAt: `${trip.started_at}#${trip.execution_id}`,
  outboundFlightId: trip.outbound_flight_id,
  customer: trip.customer,
  paymentToken: trip.payment_token,
  status: 'UNCONFIRMED',
  updatedAt: longAgo,
  isUnfinished: true,
  run: keptRunOf(trip),
  ...overrides,
});

interface World {
  readonly headers?: readonly UnfinishedHeader[];
  /** What the index says, where that is not what the headers say. */
  readonly indexed?: readonly string[];
  readonly msLeft?: () => number;
  readonly random?: number;
  readonly saga?: (machine: ReturnType<typeof memoryMachine>) => Pick<ReturnType<typeof memoryMachine>, 'start'>;
}

const aReconciler = ({
  headers = [],
  indexed,
  msLeft = () => 60_000,
  random = 0,
  saga = (machine) => machine,
}: World = {}) => {
  const machine = memoryMachine();
  const calls: Recorded[] = [];
  const warnings: string[] = [];
  const byTrip = new Map(headers.map((header) => [header.id, header]));
  const store: ReconcilerStore = {
    unfinishedBefore: async () => indexed ?? [...byTrip.keys()],
    header: async (trip) => byTrip.get(trip),
  };
  const ports = recorded(
    'ports',
    {
      report: (_metrics: Record<string, number>) => undefined,
      inputOf: async ({ run, ...header }: UnfinishedHeader) => runInputOf(header, run ?? {}),
    },
    calls,
  );
  const run = () =>
    reconcile({
      ...ports,
      store: recorded('store', store, calls),
      saga: recorded('saga', saga(machine), calls),
      warn: (message) => void warnings.push(message),
      now: () => now,
      ageSeconds: 3600,
      msLeft,
      random: () => random,
    });
  const reported = () => calls.filter(({ call }) => call === 'ports.report').map((one) => one.arguments[0]);
  const started = () => [...machine.started];
  const names = () => [...machine.started.keys()];
  return { machine, calls, warnings, run, reported, started, names };
};

const trip = aTrip();
const id = trip.execution_id;

describe('unfinished bookings', () => {
  it('are those that changed last before the age', async () => {
    const { run, calls } = aReconciler();
    await run();
    expect(calls[0]).toEqual({ call: 'store.unfinishedBefore', arguments: ['2026-03-01T09:00:00.000Z'] });
  });

  it('are counted and told of, with the heartbeat, before anything is done about them', async () => {
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

  it('are told of and still counted after the fifth redrive, and no sixth is started', async () => {
    const { machine, run, warnings, reported } = aReconciler({ headers: [headerOf(trip)] });
    for (let turn = 0; turn < 6; turn++) {
      await run();
      for (const name of machine.runs) machine.end(name);
    }
    expect(machine.runs).toHaveLength(5);
    expect(warnings).toEqual([expect.stringContaining(trip.trip_id)]);
    expect(reported().at(-1)).toMatchObject({ StuckBookings: 1 });
  });
});

describe('a header that differs from what the index says of it', () => {
  it.each([
    ['is gone', []],
    ['is finished by now', [headerOf(trip, { status: 'CANCELLED', isUnfinished: false })]],
    ['has changed by now', [headerOf(trip, { updatedAt: now })]],
  ])('and %s is left alone', async (_, headers) => {
    const { run, names } = aReconciler({ headers, indexed: [trip.trip_id] });
    await expect(run()).resolves.toMatchObject({ redriven: 0 });
    expect(names()).toEqual([]);
  });

  it('and is of another run by now decides', async () => {
    const again = aTrip({ trip_id: trip.trip_id, execution_id: anExecutionId(trip.trip_id) });
    const { run, names } = aReconciler({ headers: [headerOf(again)] });
    await run();
    expect(names()).toEqual([`${again.execution_id}.rr-1`]);
  });
});

describe('a booking that can not be redriven', () => {
  it('does not stop the others, and is told of at the end', async () => {
    const [broken, other] = [aTrip(), aTrip()];
    const { run, names } = aReconciler({
      headers: [headerOf(broken), headerOf(other)],
      saga: (machine) => ({
        start: async (name, input) => {
          if (name.startsWith(broken.execution_id)) throw new Error('refused');
          return machine.start(name, input);
        },
      }),
    });
    await expect(run()).rejects.toThrow(`Booking ${broken.trip_id}: refused`);
    expect(names()).toEqual([`${other.execution_id}.rr-1`]);
  });

  it('for a quota that is used up is left to the next run, with all the others', async () => {
    const { run, calls, warnings } = aReconciler({
      headers: [headerOf(aTrip()), headerOf(aTrip()), headerOf(aTrip())],
      saga: () => ({ start: () => Promise.reject(Object.assign(new Error('slow'), { name: 'ThrottlingException' })) }),
    });
    await expect(run()).resolves.toEqual({ stuckBookings: 3, redriven: 0, left: 3 });
    expect(callsOf(calls).filter((call) => call === 'saga.start')).toHaveLength(1);
    expect(warnings).toEqual([expect.stringContaining('3 bookings are left')]);
  });
});

describe('more bookings than there is time for', () => {
  it.each([
    [0, [0, 1]],
    [0.5, [2, 3]],
    [0.99, [3, 0]],
  ])('are left to the next run, which begins elsewhere (%s)', async (random, expected) => {
    const trips = Array.from({ length: 4 }, () => aTrip());
    let looks = 0;
    const { run, names } = aReconciler({
      headers: trips.map((one) => headerOf(one)),
      msLeft: () => (looks++ < 2 ? 60_000 : 1_000),
      random,
    });
    await expect(run()).resolves.toEqual({ stuckBookings: 4, redriven: 2, left: 2 });
    expect(names()).toEqual(expected.map((index) => `${trips[index]?.execution_id}.rr-1`));
  });
});
