import { describe, expect, it } from '@jest/globals';
import { type HeaderState, type ReconcilerStore, reconcile } from '#functions/booking/reconcile.ts';
import { type BookingRunInput, type BookingStatus, cancelRunInput, tripIdOf } from '#schema/saga-input.ts';
import { arnOf, memoryMachine } from '#test/support/memory-machine.ts';
import { callsOf, type Recorded, recorded } from '#test/support/recording.ts';
import { anExecutionId, aTrip } from '#test/support/trips.ts';

interface World {
  readonly stuck?: readonly BookingRunInput[];
  /** Holds by flight. */
  readonly holds?: Record<string, readonly string[]>;
  /** By trip. */
  readonly headers?: Record<string, HeaderState>;
}

const aDesk = ({ stuck = [], holds = {}, headers = {} }: World = {}) => {
  const machine = memoryMachine();
  const calls: Recorded[] = [];
  const counted: Record<string, number> = {};
  const warnings: string[] = [];
  const held = new Map(Object.entries(holds).map(([flight, of]) => [flight, new Set(of)]));
  const store: ReconcilerStore = {
    unfinishedBefore: async () =>
      stuck.map(({ trip_id, execution_id }) => ({ tripId: trip_id, executionId: execution_id })),
    flightIds: async () => [...held.keys()],
    seatHolds: async (flight) => [...(held.get(flight) ?? [])],
    header: async (trip) => headers[trip],
    releaseSeat: async (flight, hold) => held.get(flight)?.delete(hold) ?? false,
  };
  const run = () =>
    reconcile({
      store: recorded('store', store, calls),
      saga: machine,
      executions: machine,
      executionArnOf: arnOf,
      count: (metric, value = 1) => {
        counted[metric] = value;
      },
      warn: (message) => void warnings.push(message),
      now: () => '2026-03-01T10:00:00.000Z',
      ageSeconds: 3600,
    });
  return { machine, calls, counted, warnings, held, run };
};

describe('unfinished bookings', () => {
  it('are those that changed last before the age', async () => {
    const { run, calls } = aDesk();
    await run();
    expect(calls[0]).toEqual({ call: 'store.unfinishedBefore', arguments: ['2026-03-01T09:00:00.000Z'] });
  });

  it.each(['FAILED', 'TIMED_OUT', 'ABORTED', 'SUCCEEDED'])(
    'whose execution is %s are redriven, and counted',
    async (status) => {
      const trip = aTrip();
      const { machine, run, counted } = aDesk({ stuck: [trip] });
      machine.add({ name: trip.execution_id, status, input: JSON.stringify(trip) });
      await expect(run()).resolves.toMatchObject({ stuckBookings: 1 });
      expect([...machine.started]).toEqual([[`${trip.execution_id}.redrive-1`, cancelRunInput(trip, 'redrive', 1)]]);
      expect(counted.StuckBookings).toBe(1);
    },
  );

  it('whose execution still runs are left alone', async () => {
    const trip = aTrip();
    const { machine, run, counted } = aDesk({ stuck: [trip] });
    machine.add({ name: trip.execution_id, status: 'RUNNING', input: JSON.stringify(trip) });
    await run();
    expect(machine.started.size).toBe(0);
    expect(counted.StuckBookings).toBe(0);
  });

  it('that can not be redriven do not stop the others, and are told of at the end', async () => {
    const [broken, other] = [aTrip(), aTrip()];
    const { machine, run, held, counted } = aDesk({ stuck: [broken, other], holds: { F1: ['gone.run'] } });
    machine.add({ name: broken.execution_id, input: 'no JSON' });
    machine.add({ name: other.execution_id, input: JSON.stringify(other) });

    await expect(run()).rejects.toThrow(broken.trip_id);

    expect([...machine.started.keys()]).toEqual([`${other.execution_id}.redrive-1`]);
    expect([...(held.get('F1') ?? [])]).toEqual([]);
    expect(counted).toEqual({ StuckBookings: 1, ReleasedSeatHolds: 1 });
  });

  it('whose execution Step Functions has forgotten are told of and do not stop the others', async () => {
    const [forgotten, other] = [aTrip(), aTrip()];
    const { machine, run, warnings } = aDesk({ stuck: [forgotten, other] });
    machine.add({ name: other.execution_id, input: JSON.stringify(other) });
    await run();
    expect(warnings).toEqual([expect.stringContaining(forgotten.execution_id)]);
    expect([...machine.started.keys()]).toEqual([`${other.execution_id}.redrive-1`]);
  });

  it('take the next free number where events started redrives already', async () => {
    const trip = aTrip();
    const { machine, run } = aDesk({ stuck: [trip] });
    machine.add({ name: trip.execution_id, input: JSON.stringify(trip) });
    for (const number of [1, 2]) await machine.start(`${trip.execution_id}.redrive-${number}`, {});
    await run();
    expect(machine.started.get(`${trip.execution_id}.redrive-3`)).toEqual(cancelRunInput(trip, 'redrive', 3));
  });

  it('are told of and still counted after the fifth redrive, and no sixth is started', async () => {
    const trip = aTrip();
    const { machine, run, warnings, counted } = aDesk({ stuck: [trip] });
    machine.add({ name: trip.execution_id, input: JSON.stringify(trip) });
    for (let turn = 0; turn < 6; turn++) {
      await run();
      for (const name of machine.runs) machine.end(name);
    }
    expect(machine.started.size).toBe(5);
    expect(warnings).toEqual([expect.stringContaining(trip.trip_id)]);
    expect(counted.StuckBookings).toBe(1);
  });

  it('count zero where there are none, so that an alarm sees data', async () => {
    const { run, counted } = aDesk();
    await expect(run()).resolves.toEqual({ stuckBookings: 0, releasedSeatHolds: 0 });
    expect(counted).toEqual({ StuckBookings: 0, ReleasedSeatHolds: 0 });
  });
});

describe('seat holds', () => {
  const hold = anExecutionId();
  const aFlightHeldBy = (header: HeaderState | undefined) =>
    aDesk({ holds: { f1: [hold] }, headers: header === undefined ? {} : { [tripIdOf(hold)]: header } });

  it.each(['UNCONFIRMED', 'CONFIRMED', 'CANCELLING'] as const)(
    'of their own booking stay while it is %s',
    async (status) => {
      const { run, held } = aFlightHeldBy({ executionId: hold, status });
      await expect(run()).resolves.toMatchObject({ releasedSeatHolds: 0 });
      expect([...(held.get('f1') ?? [])]).toEqual([hold]);
    },
  );

  it('of a CANCELLED booking are released and counted', async () => {
    const { run, held, counted } = aFlightHeldBy({ executionId: hold, status: 'CANCELLED' });
    await expect(run()).resolves.toMatchObject({ releasedSeatHolds: 1 });
    expect(held.get('f1')?.size).toBe(0);
    expect(counted.ReleasedSeatHolds).toBe(1);
  });

  it('of a booking that never was are released', async () => {
    const { run } = aFlightHeldBy(undefined);
    await expect(run()).resolves.toMatchObject({ releasedSeatHolds: 1 });
  });

  it.each(['UNCONFIRMED', 'CONFIRMED', 'CANCELLING', 'CANCELLED'] as const satisfies BookingStatus[])(
    'of an execution whose trip belongs to another, %s, are released',
    async (status) => {
      const { run } = aFlightHeldBy({ executionId: anExecutionId(tripIdOf(hold)), status });
      await expect(run()).resolves.toMatchObject({ releasedSeatHolds: 1 });
    },
  );

  it('are read before the headers that decide on them', async () => {
    const { run, calls } = aFlightHeldBy({ executionId: hold, status: 'CANCELLED' });
    await run();
    const order = callsOf(calls).filter((call) =>
      ['store.seatHolds', 'store.header', 'store.releaseSeat'].includes(call),
    );
    expect(order).toEqual(['store.seatHolds', 'store.header', 'store.releaseSeat']);
  });

  it('are looked at on every flight, and only the dead ones go', async () => {
    const [live, dead, deadToo] = [anExecutionId(), anExecutionId(), anExecutionId()];
    const { run, held } = aDesk({
      holds: { f1: [live, dead], f2: [deadToo], f3: [] },
      headers: { [tripIdOf(live)]: { executionId: live, status: 'CONFIRMED' } },
    });
    await expect(run()).resolves.toMatchObject({ releasedSeatHolds: 2 });
    expect([...held.values()].map((one) => [...one])).toEqual([[live], [], []]);
  });

  it('that somebody else released meanwhile are not counted', async () => {
    const { run, held } = aFlightHeldBy({ executionId: hold, status: 'CANCELLED' });
    const flight = held.get('f1') as Set<string>;
    flight.delete = () => false;
    await expect(run()).resolves.toMatchObject({ releasedSeatHolds: 0 });
  });
});
