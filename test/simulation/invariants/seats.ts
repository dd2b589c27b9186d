import type { Observation } from '#embedded/index.ts';
import type { Books } from '#test/support/kill-rounds/books.ts';
import { holdsOf, seatsOf } from '#test/support/kill-rounds/books.ts';
import { plainItem } from '../world/books.ts';

/** What was wrong with a flight at any time: every write leaves as many seats as there are, free or held. */
export function seatProblems(trace: readonly Observation[], seats: number): string[] {
  const problems = new Set<string>();
  for (const one of trace) {
    if (one.type !== 'itemChanged' || (one.key.sk as { S?: string }).S !== 'FLIGHT' || !one.after) continue;
    const flight = plainItem(one.after as never);
    const held = holdsOf(flight).length;
    if (Number(flight.seatCapacity) < 0) problems.add(`flight ${flight.id}: ${flight.seatCapacity} seats are free`);
    if (held > seats) problems.add(`flight ${flight.id}: ${held} of ${seats} seats are sold`);
    if (seatsOf(flight) !== seats) problems.add(`flight ${flight.id} had ${seatsOf(flight)} seats, not ${seats}`);
  }
  return [...problems];
}

/** One refusal of DynamoDB stands for a full flight and for one that does not exist; the reason tells customers which. */
export function reasonProblems({ headers, flights }: Books): string[] {
  return [...headers.values()].flatMap(({ id, failureReason, outboundFlightId }) => {
    const [, says] = /the flight has no free seat|there is no (such flight)/.exec(String(failureReason)) ?? ['', ''];
    const exists = flights.has(String(outboundFlightId));
    return says === '' || (says === undefined) === exists ? [] : [`booking ${id} failed since "${failureReason}"`];
  });
}
