import type { Clock } from '#functions/shared/clock.ts';
import { type BookingStatus, executionIdPattern, tripIdOf } from '#schema/saga-input.ts';
import { hasDeparted } from './departed.ts';

export interface AuditedFlight {
  readonly holds: readonly string[];
  readonly departureDate: string | undefined;
}

/** What the header of a hold's trip says. */
export interface HolderState {
  readonly executionId: string;
  readonly status: BookingStatus;
}

export interface FlightAuditStore {
  /** Read consistently; undefined where it is gone. */
  flight(flightId: string): Promise<AuditedFlight | undefined>;
  /** The trips' headers, read consistently; none for a trip without one. */
  holders(tripIds: readonly string[]): Promise<readonly HolderState[]>;
  /** @returns whether the hold was still there */
  releaseSeat(flightId: string, hold: string): Promise<boolean>;
  /** Ends the flight's audit, unless its departure was postponed meanwhile. */
  retire(flightId: string, departureDate: string): Promise<void>;
}

export interface FlightAuditDependencies {
  readonly store: FlightAuditStore;
  readonly warn: (message: string) => void;
  readonly now: Clock;
  /** Whether the flight's audit ends with its departure. */
  readonly isRetiring: boolean;
}

/** Gives back the seats of one flight that no booking holds any more. */
export async function auditFlight(
  flightId: string,
  { store, warn, now, isRetiring }: FlightAuditDependencies,
): Promise<{ readonly holds: number; readonly released: number }> {
  const flight = await store.flight(flightId);
  if (flight === undefined) return { holds: 0, released: 0 };
  const { holds, departureDate } = flight;
  let released = 0;
  for (const hold of await orphansAmong(holds, store)) {
    if (!namesExecution(hold))
      warn(`Flight ${flightId} had a seat hold that names no booking, it is released: ${shown(hold)}`);
    if (await store.releaseSeat(flightId, hold)) released += 1;
  }
  if (isRetiring && departureDate !== undefined && hasDeparted(departureDate, now())) {
    await store.retire(flightId, departureDate);
  }
  return { holds: holds.length, released };
}

const liveStatuses: ReadonlySet<BookingStatus> = new Set(['UNCONFIRMED', 'CONFIRMED', 'CANCELLING']);

/**
 * Holds are read before headers: a hold is taken only after its header was opened, so a header that is not there,
 * or another's, or cancelled, can't become this hold's again. A hold that names no execution belongs to no booking, and
 * the table refuses such keys.
 */
async function orphansAmong(holds: readonly string[], store: FlightAuditStore): Promise<readonly string[]> {
  const tripIds = new Set(holds.filter(namesExecution).map(tripIdOf));
  const holders = await store.holders([...tripIds]);
  const live = new Set(holders.filter(({ status }) => liveStatuses.has(status)).map(({ executionId }) => executionId));
  return holds.filter((hold) => !live.has(hold));
}

const namesExecution = (hold: string): boolean => executionIdPattern.test(hold);

const shown = (text: string): string => (text.length <= 80 ? text : `${text.slice(0, 80)}…`);
