import { describe, expect, it } from '@jest/globals';
import { requestedLegs } from '#functions/legs.ts';
import { bookedItems } from '#test/support/demo-figures.ts';
import { inParallel } from '#test/support/e2e/in-parallel.ts';
import {
  aBookingRun,
  aFlight,
  authorizeRun,
  ended,
  headerOf,
  itemsOf,
  seatsOf,
  startExecution,
  statesOf,
} from '#test/support/e2e/saga.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { loadFor } from '#test/support/e2e/target-kind.ts';
import { openSuite } from '#test/support/open-suite.ts';
import { undonePath } from '#test/support/saga-paths.ts';

const target = openSuite(openTarget);

async function book(flightId: string) {
  const run = aBookingRun({ outbound_flight_id: flightId });
  await authorizeRun(target, run);
  const arn = await startExecution(target, run.execution_id, run);
  const { status } = await ended(target, arn);
  return { ...run, arn, status };
}

const load = loadFor({
  embedded: { seats: 10, bookings: 40 },
  full: { seats: 50, bookings: 200 },
  others: { seats: 4, bookings: 12 },
});

describe('seats', () => {
  it(`given ${load.seats} seats, when ${load.bookings} book at once, then each seat is sold once and the others are cancelled`, async () => {
    const flightId = await aFlight(target, load.seats);

    const runs = await inParallel(
      Array.from({ length: load.bookings }, () => flightId),
      load.bookings,
      book,
    );

    const confirmed = runs.filter((run) => run.status === 'SUCCEEDED');
    expect(confirmed).toHaveLength(load.seats);
    const seats = await seatsOf(target, flightId);
    expect(seats.capacity).toBe(0);
    expect([...seats.holds].sort()).toEqual(confirmed.map((run) => run.execution_id).sort());
    await inParallel(runs, 20, async (run) => {
      const items = await itemsOf(target, run.trip_id);
      const [header] = items.filter((item) => item.sk === 'BOOKING');
      expect(header).toMatchObject({ status: run.status === 'SUCCEEDED' ? 'CONFIRMED' : 'CANCELLED' });
      expect(items).toHaveLength(run.status === 'SUCCEEDED' ? bookedItems : 1);
    });
  }, 600_000);

  it('given a flight that is sold out, when booked, then the run ends at the seat and the header has the reason', async () => {
    const run = await book('london-dublin-sold-out');

    expect(run.status).toBe('FAILED');
    expect(await statesOf(target, run.arn)).toEqual(undonePath('ReserveSeat'));
    expect(await headerOf(target, run.trip_id)).toMatchObject({
      status: 'CANCELLED',
      failureReason: expect.stringMatching(/^ReserveSeat failed: DynamoDB.ConditionalCheckFailedException/),
    });
  });

  it('given a flight that does not exist, when booked, then the run is undone', async () => {
    const run = await book('no-such-flight');

    expect(run.status).toBe('FAILED');
    expect(await itemsOf(target, run.trip_id)).toHaveLength(1);
  });

  it('given a flight alone, when booked, then the legs that were not asked for are skipped', async () => {
    const flightId = await aFlight(target, 1);
    const others = requestedLegs.flatMap(({ fields }) => Object.keys(fields));
    const run = aBookingRun({
      outbound_flight_id: flightId,
      ...Object.fromEntries(others.map((field) => [field, undefined])),
    });
    await authorizeRun(target, run);

    const { status } = await ended(target, await startExecution(target, run.execution_id, run));

    expect(status).toBe('SUCCEEDED');
    const kinds = (await itemsOf(target, run.trip_id)).map((item) => String(item.sk).split('#')[0]);
    expect(kinds.sort()).toEqual(['BOOKING', 'FLIGHT', 'PAYMENT']);
  });
});
