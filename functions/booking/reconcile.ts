import type { Clock } from '#functions/shared/clock.ts';
import type { BookingMetric } from '#functions/shared/observability.ts';
import type { SagaStarter } from '#functions/shared/saga-starter.ts';
import { type BookingStatus, tripIdOf } from '#schema/saga-input.ts';
import type { ExecutionReader } from './execution-reader.ts';
import { maxRedrives } from './redrive.ts';
import { startUnderFreeNumber } from './start-redrive.ts';

export interface UnfinishedBooking {
  readonly tripId: string;
  readonly executionId: string;
}

export interface HeaderState {
  readonly executionId: string;
  readonly status: BookingStatus;
}

/** What the reconciler reads and writes of the table. */
export interface ReconcilerStore {
  unfinishedBefore(updatedAt: string): Promise<UnfinishedBooking[]>;
  flightIds(): Promise<string[]>;
  /** Read consistently. */
  seatHolds(flightId: string): Promise<string[]>;
  /** Read consistently. */
  header(tripId: string): Promise<HeaderState | undefined>;
  /** @returns whether the hold was still there */
  releaseSeat(flightId: string, hold: string): Promise<boolean>;
}

export interface ReconcileDependencies {
  readonly store: ReconcilerStore;
  readonly saga: SagaStarter;
  readonly executions: ExecutionReader;
  readonly executionArnOf: (executionId: string) => string;
  readonly count: (metric: BookingMetric, value?: number) => void;
  readonly warn: (message: string) => void;
  readonly now: Clock;
  /** Longer than the machine can run, so that nothing found is still at work. */
  readonly ageSeconds: number;
}

export interface Reconciliation {
  readonly stuckBookings: number;
  readonly releasedSeatHolds: number;
}

/** Finds what no event told of: bookings that nobody finishes and seats that nobody holds any more. */
export async function reconcile(deps: ReconcileDependencies): Promise<Reconciliation> {
  const stuckBookings = await redriveStuckBookings(deps);
  const releasedSeatHolds = await releaseOrphanedSeatHolds(deps);
  deps.count('StuckBookings', stuckBookings);
  deps.count('ReleasedSeatHolds', releasedSeatHolds);
  return { stuckBookings, releasedSeatHolds };
}

async function redriveStuckBookings(deps: ReconcileDependencies): Promise<number> {
  const before = new Date(Date.parse(deps.now()) - deps.ageSeconds * 1000).toISOString();
  const stuck = await deps.store.unfinishedBefore(before);
  for (const { tripId, executionId } of stuck) {
    const run = await deps.executions.describe(deps.executionArnOf(executionId));
    if (run === undefined) {
      deps.warn(`Booking ${tripId} is unfinished and its execution ${executionId} is forgotten: undo it by hand`);
    } else if (run.status !== 'RUNNING') {
      const number = await startUnderFreeNumber(deps.saga, JSON.parse(run.input), { first: 1, last: maxRedrives });
      if (number === undefined) deps.warn(`Booking ${tripId} is unfinished after ${maxRedrives} redrives`);
    }
  }
  return stuck.length;
}

const liveStatuses: ReadonlySet<BookingStatus> = new Set(['UNCONFIRMED', 'CONFIRMED', 'CANCELLING']);

/**
 * Holds are read before headers: a hold is taken only after its header was opened, so a header that is not there,
 * or another's, or cancelled, can't become this hold's again.
 */
async function releaseOrphanedSeatHolds({ store }: ReconcileDependencies): Promise<number> {
  let released = 0;
  for (const flightId of await store.flightIds()) {
    for (const hold of await store.seatHolds(flightId)) {
      const header = await store.header(tripIdOf(hold));
      const live = header !== undefined && header.executionId === hold && liveStatuses.has(header.status);
      if (!live && (await store.releaseSeat(flightId, hold))) released++;
    }
  }
  return released;
}
