import { departureScheduleOf, departureScheduleSortKey, keys } from '#schema/table.ts';
import { authorizeRun, ended, put, startExecution } from '#test/support/e2e/saga.ts';
import { type FaultyCloud, seatsOfFlight, standingOf } from '#test/support/faulty-cloud.ts';
import { aNewFlight } from '#test/support/flights.ts';
import type { Left, RecordedRun, Story } from './release.ts';

/** Puts the flight, with all of its seats free. */
export function restock(target: FaultyCloud, id: string): Promise<void> {
  const flight = { ...aNewFlight({ seatCapacity: seatsOfFlight }), id };
  return put(target, {
    ...keys.flightInventory(id),
    ...flight,
    [departureScheduleSortKey]: departureScheduleOf(flight),
  });
}

export async function leftOf(target: FaultyCloud, input: RecordedRun['input'], flightId: string): Promise<Left> {
  const { told: _, ...left } = await standingOf(target, { input, flightId });
  return left;
}

/** The same executions again, by their names and with their inputs, on this cloud. */
export async function replay(target: FaultyCloud, { flightId, runs }: Story): Promise<RecordedRun[]> {
  const replayed: RecordedRun[] = [];
  await restock(target, flightId);
  for (const [index, { name, input }] of runs.entries()) {
    if (index === 0) await authorizeRun(target, input);
    const { status = '', error = null } = await ended(target, await startExecution(target, name, input));
    replayed.push({ name, input, status, error, left: await leftOf(target, input, flightId) });
  }
  return replayed;
}
