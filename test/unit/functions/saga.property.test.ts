import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { auditFlight } from '#functions/booking/auditing/audit-flight.ts';
import { dynamoDbSeatAuditStore } from '#functions/booking/auditing/dynamodb-seat-audit-store.ts';
import { legs } from '#functions/legs.ts';
import { ledgerGateway } from '#functions/payment/ledger-gateway.ts';
import { minorUnits } from '#functions/shared/money/decimal-amount.ts';
import { legIdOf, paymentIdOf } from '#functions/shared/saga/derived-ids.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import { keys } from '#schema/table.ts';
import { aFlight, openBookingTable } from '#test/support/booking-table.ts';
import { openSuite } from '#test/support/open-suite.ts';
import { type SagaSteps, sagaSteps } from '#test/support/saga-steps.ts';
import { type Fate, fates, type Walk, walkBooking, walkCancel } from '#test/support/saga-walk.ts';
import { aChargeOf, anotherRunOf, aTrip } from '#test/support/trips.ts';

const table = openSuite(openBookingTable);
let steps: SagaSteps;
beforeAll(async () => {
  steps = sagaSteps(table);
});

const flightWithSeats = async (flightId: string, seats = 2): Promise<void> => table.put(aFlight(flightId, seats));
const authorize = ({ payment_token, amount, currency }: BookingRunInput): Promise<string> =>
  ledgerGateway(table.table).authorize(aChargeOf({ payment_token, customer: 'alice' }), {
    amountMinor: minorUnits(amount),
    currency,
  });

/** Releases the holds of late seat updates, which no fence refuses. */
const auditSeats = (flightId: string) =>
  auditFlight(flightId, {
    store: dynamoDbSeatAuditStore(table.table),
    warn: () => undefined,
    now: () => '2026-03-01T10:00:00.000Z',
    isRetiring: false,
  });

interface World {
  readonly header: Record<string, unknown> | undefined;
  readonly parts: Record<string, unknown>[];
  readonly holds: string[];
  readonly free: unknown;
  charge(trip: BookingRunInput): Promise<Record<string, unknown>>;
}

const worldOf = async (trip: BookingRunInput): Promise<World> => {
  const items = await table.partition(trip.trip_id);
  const flight = await table.item(keys.flightInventory(trip.outbound_flight_id));
  return {
    header: items.find(({ sk }) => sk === 'BOOKING'),
    parts: items.filter(({ sk }) => sk !== 'BOOKING'),
    holds: [...((flight?.seatHolds as Set<string> | undefined) ?? [])],
    free: flight?.seatCapacity,
    charge: async ({ payment_token }) => (await table.item(keys.charge(payment_token))) ?? {},
  };
};

/** All confirmed for one execution or all undone; seats and money balance either way. */
async function expectAllOrNothing(runs: readonly [BookingRunInput, ...BookingRunInput[]], seats = 2): Promise<void> {
  const world = await worldOf(runs[0]);
  const { status, execution_id: owner } = world.header ?? {};
  const booked = status === 'CONFIRMED' ? runs.find(({ execution_id }) => execution_id === owner) : undefined;
  expect([undefined, 'CONFIRMED', 'CANCELLED']).toContain(status);
  expect(world.holds).toEqual(booked === undefined ? [] : [booked.execution_id]);
  expect(world.free).toBe(seats - world.holds.length);
  expect(
    world.parts.map(({ sk, execution_id, transaction_status }) => [sk, execution_id, transaction_status]).sort(),
  ).toEqual(
    booked === undefined
      ? []
      : [
          ...legs.map((leg) => keys.leg(leg.name, booked.trip_id, legIdOf(leg, booked)).sk),
          keys.payment(booked.trip_id, paymentIdOf(booked)).sk,
        ]
          .sort()
          .map((sk) => [sk, booked.execution_id, 'confirmed']),
  );
  for (const run of runs) {
    const { captured_minor: captured = 0, refunded_minor: refunded = 0 } = await world.charge(run);
    expect((captured as number) - (refunded as number)).toBe(
      run.payment_token === booked?.payment_token ? minorUnits(run.amount) : 0,
    );
  }
}

const someFates = fc.array(
  fc.oneof({ weight: 12, arbitrary: fc.constant<Fate>('works') }, { weight: 3, arbitrary: fc.constantFrom(...fates) }),
  { maxLength: 24 },
);
const circumstances = fc.record({
  cancels: fc.boolean(),
  seats: fc.integer({ min: 1, max: 2 }),
  oneToken: fc.boolean(),
});
const noMishaps = (): Walk => ({ fates: [][Symbol.iterator](), late: [] });

describe('a booking', () => {
  it('is booked as a whole where everything works', async () => {
    const trip = aTrip({ outbound_flight_id: randomUUID() });
    await flightWithSeats(trip.outbound_flight_id);
    await authorize(trip);
    await expect(walkBooking(steps, trip, noMishaps())).resolves.toBe('booked');
    await expectAllOrNothing([trip]);
    expect((await worldOf(trip)).header).toMatchObject({ status: 'CONFIRMED' });
  });

  it('is undone as a whole when the customer cancels it', async () => {
    const trip = aTrip({ outbound_flight_id: randomUUID() });
    await flightWithSeats(trip.outbound_flight_id);
    await authorize(trip);
    await walkBooking(steps, trip, noMishaps());
    await expect(walkCancel(steps, trip, 'customer', noMishaps())).resolves.toBe('undone');
    await expectAllOrNothing([trip]);
    expect((await worldOf(trip)).header).toMatchObject({ status: 'CANCELLED' });
  });

  it('makes room for a later run of the trip once it is undone', async () => {
    const trip = aTrip({ outbound_flight_id: randomUUID() });
    const later = anotherRunOf(trip);
    await flightWithSeats(trip.outbound_flight_id);
    for (const run of [trip, later]) await authorize(run);
    await walkBooking(steps, trip, {
      fates: ['works', 'works', 'works', 'works', 'works', 'fails'][Symbol.iterator]() as Iterator<Fate>,
      late: [],
    });
    await expect(walkBooking(steps, later, noMishaps())).resolves.toBe('booked');
    await expectAllOrNothing([trip, later]);
  });
});

it('two executions of one trip end all booked or all undone, with any step failing, lost, late or repeated', async () => {
  const outcomes = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(someFates, someFates, circumstances, fc.scheduler(), async (first, second, given, scheduler) => {
      const { cancels, seats, oneToken } = given;
      const trip = aTrip({ outbound_flight_id: randomUUID() });
      const runs = [trip, anotherRunOf(trip, oneToken ? { payment_token: trip.payment_token } : {})] as const;
      await flightWithSeats(trip.outbound_flight_id, seats);
      for (const run of runs) await authorize(run);

      table.intercept(async (operation, input, call) => {
        await scheduler.schedule(Promise.resolve(), operation);
        return call(operation, input);
      });
      const late: Promise<unknown>[] = [];
      const walks = [first, second].map((turns): Walk => ({ fates: turns[Symbol.iterator](), late }));
      const executions = runs.map(async (run, index) => {
        const walk = walks[index] as Walk;
        const outcome = await walkBooking(steps, run, walk);
        if (outcome === 'booked' && cancels) {
          if ((await walkCancel(steps, run, 'customer', walk)) === 'unfinished')
            await walkCancel(steps, run, 'customer', noMishaps());
        } else if (outcome === 'unfinished') await walkCancel(steps, run, 'redrive', noMishaps());
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      });
      await scheduler.waitFor(Promise.all(executions));
      await scheduler.waitFor(Promise.all(late));
      table.intercept(undefined);

      await auditSeats(trip.outbound_flight_id);
      await expectAllOrNothing(runs, seats);
    }),
    { numRuns: 80 },
  );
  // The schedules are worth something only if they reach every kind of end.
  expect([...outcomes.keys()].sort()).toEqual(['booked', 'not its own', 'undone', 'unfinished']);
}, 120_000);

it('a second run of one name changes nothing of a booking that stands, and leaves nothing of one that does not', async () => {
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(someFates, someFates, fc.boolean(), async (first, second, redriven) => {
      const trip = aTrip({ outbound_flight_id: randomUUID() });
      await flightWithSeats(trip.outbound_flight_id);
      await authorize(trip);
      const late: Promise<unknown>[] = [];
      const outcome = await walkBooking(steps, trip, { fates: first[Symbol.iterator](), late });
      await Promise.all(late);
      if (outcome === 'unfinished' && redriven) await walkCancel(steps, trip, 'redrive', noMishaps());
      const before = await worldOf(trip);

      // The name is forgotten, the client repeats its request, and the same input starts the machine again.
      const again = { ...trip, opened_at: '2026-06-01T10:00:00.000Z' };
      const repeated = await walkBooking(steps, again, { fates: second[Symbol.iterator](), late });
      await Promise.all(late);
      outcomes.add(`${outcome}, then ${repeated}`);
      if (outcome === 'booked') expect(await worldOf(trip)).toEqual({ ...before, charge: expect.any(Function) });
      else await walkCancel(steps, trip, 'redrive', noMishaps());

      await auditSeats(trip.outbound_flight_id);
      await expectAllOrNothing([trip]);
    }),
    { numRuns: 80 },
  );
  expect([...outcomes]).toEqual(expect.arrayContaining(['booked, then not its own', 'undone, then not its own']));
}, 120_000);
