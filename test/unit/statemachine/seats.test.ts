import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keys } from '#schema/table.ts';
import { aFlight, openBookingTable } from '#test/support/booking-table.ts';
import { sized } from '#test/support/load.ts';
import { openSuite } from '#test/support/open-suite.ts';
import { runSeatTask } from '#test/support/seat-tasks.ts';
import { anExecutionId } from '#test/support/trips.ts';

const table = openSuite(openBookingTable);

const aFlightOf = async (seats: number): Promise<string> => {
  const flightId = randomUUID();
  await table.put(aFlight(flightId, seats));
  return flightId;
};
const seatsOf = async (flightId: string) => {
  const item = await table.item(keys.flightInventory(flightId));
  return { free: item?.seatCapacity, holds: [...((item?.seatHolds as Set<string> | undefined) ?? [])].sort() };
};
const task = (state: 'ReserveSeat' | 'ReleaseSeat', flightId: string, executionId: string): Promise<boolean> =>
  runSeatTask(state, { execution_id: executionId, outbound_flight_id: flightId }, table);

describe('ReserveSeat', () => {
  it('takes a seat and notes who holds it', async () => {
    const [flightId, hold] = [await aFlightOf(2), anExecutionId()];
    await expect(task('ReserveSeat', flightId, hold)).resolves.toBe(true);
    expect(await seatsOf(flightId)).toEqual({ free: 1, holds: [hold] });
  });

  it('never takes a second seat for the same execution', async () => {
    const [flightId, hold] = [await aFlightOf(2), anExecutionId()];
    await task('ReserveSeat', flightId, hold);
    await expect(task('ReserveSeat', flightId, hold)).resolves.toBe(false);
    expect(await seatsOf(flightId)).toEqual({ free: 1, holds: [hold] });
  });

  it('is refused when the last seat is taken', async () => {
    const [flightId, hold] = [await aFlightOf(1), anExecutionId()];
    await task('ReserveSeat', flightId, hold);
    await expect(task('ReserveSeat', flightId, anExecutionId())).resolves.toBe(false);
    expect(await seatsOf(flightId)).toEqual({ free: 0, holds: [hold] });
  });

  it('is refused on a flight that does not exist, and makes none', async () => {
    const flightId = randomUUID();
    await expect(task('ReserveSeat', flightId, anExecutionId())).resolves.toBe(false);
    expect(await table.item(keys.flightInventory(flightId))).toBeUndefined();
  });
});

describe('ReleaseSeat', () => {
  it('returns the seat of its execution once', async () => {
    const [flightId, mine, other] = [await aFlightOf(3), anExecutionId(), anExecutionId()];
    for (const hold of [mine, other]) await task('ReserveSeat', flightId, hold);
    await expect(task('ReleaseSeat', flightId, mine)).resolves.toBe(true);
    await expect(task('ReleaseSeat', flightId, mine)).resolves.toBe(false);
    expect(await seatsOf(flightId)).toEqual({ free: 2, holds: [other] });
  });

  it('leaves the seats of others, and flights without holds', async () => {
    const [flightId, other] = [await aFlightOf(3), anExecutionId()];
    await expect(task('ReleaseSeat', flightId, anExecutionId())).resolves.toBe(false);
    await task('ReserveSeat', flightId, other);
    await expect(task('ReleaseSeat', flightId, anExecutionId())).resolves.toBe(false);
    expect(await seatsOf(flightId)).toEqual({ free: 2, holds: [other] });
  });
});

it('free seats and holds together never change, in any sequence of reserving, releasing and repeating', async () => {
  const step = fc.record({ state: fc.constantFrom('ReserveSeat', 'ReleaseSeat'), passenger: fc.nat({ max: 3 }) });
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 3 }), fc.array(step, { maxLength: 20 }), async (seats, steps) => {
      const flightId = await aFlightOf(seats);
      const passengers = Array.from({ length: 4 }, () => anExecutionId());
      await Promise.all(
        steps.map(async ({ state, passenger }) => task(state, flightId, passengers[passenger] as string)),
      );
      const { free, holds } = await seatsOf(flightId);
      expect(free).toBeGreaterThanOrEqual(0);
      expect((free as number) + holds.length).toBe(seats);
    }),
    { numRuns: sized(50, 15) },
  );
});
