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

/**
 * Finds what no event told of: bookings that nobody finishes and seats that nobody holds any more. One that can't be
 * mended does not stop the others.
 * @throws Error at the end where something could not be mended, so that the function's alarm tells
 */
export async function reconcile(deps: ReconcileDependencies): Promise<Reconciliation> {
  const failures: string[] = [];
  const attempt: Attempt = async (what, mend) => {
    try {
      return await mend();
    } catch (error) {
      failures.push(`${what}: ${error instanceof Error ? error.message : error}`);
      return undefined;
    }
  };
  const stuckBookings = (await attempt('Unfinished bookings', () => redriveStuckBookings(deps, attempt))) ?? 0;
  const releasedSeatHolds = (await attempt('Seat holds', () => releaseOrphanedSeatHolds(deps, attempt))) ?? 0;
  deps.count('StuckBookings', stuckBookings);
  deps.count('ReleasedSeatHolds', releasedSeatHolds);
  if (failures.length > 0) throw new Error(`Not everything could be reconciled: ${failures.join('; ')}`);
  return { stuckBookings, releasedSeatHolds };
}

type Attempt = <Result>(what: string, mend: () => Promise<Result>) => Promise<Result | undefined>;

async function redriveStuckBookings(deps: ReconcileDependencies, attempt: Attempt): Promise<number> {
  const before = new Date(Date.parse(deps.now()) - deps.ageSeconds * 1000).toISOString();
  let stuck = 0;
  for (const booking of await deps.store.unfinishedBefore(before)) {
    if (await attempt(`Booking ${booking.tripId}`, () => redriveStuckBooking(booking, deps))) stuck++;
  }
  return stuck;
}

/** @returns whether it is stuck: false where its execution is still at work */
async function redriveStuckBooking(booking: UnfinishedBooking, deps: ReconcileDependencies): Promise<boolean> {
  const { tripId, executionId } = booking;
  const run = await deps.executions.describe(deps.executionArnOf(executionId));
  if (run?.status === 'RUNNING') return false;
  if (run === undefined) {
    deps.warn(`Booking ${tripId} is unfinished and its execution ${executionId} is forgotten: undo it by hand`);
    return true;
  }
  const number = await startUnderFreeNumber(deps.saga, JSON.parse(run.input), { first: 1, last: maxRedrives });
  if (number === undefined) deps.warn(`Booking ${tripId} is unfinished after ${maxRedrives} redrives`);
  return true;
}

const liveStatuses: ReadonlySet<BookingStatus> = new Set(['UNCONFIRMED', 'CONFIRMED', 'CANCELLING']);

/**
 * Holds are read before headers: a hold is taken only after its header was opened, so a header that is not there,
 * or another's, or cancelled, can't become this hold's again.
 */
async function releaseOrphanedSeatHolds({ store }: ReconcileDependencies, attempt: Attempt): Promise<number> {
  let released = 0;
  for (const flightId of await store.flightIds()) {
    const holds = await attempt(`Flight ${flightId}`, () => store.seatHolds(flightId));
    for (const hold of holds ?? []) {
      if (await attempt(`Seat hold ${hold}`, () => releaseIfOrphaned(store, flightId, hold))) released++;
    }
  }
  return released;
}

async function releaseIfOrphaned(store: ReconcilerStore, flightId: string, hold: string): Promise<boolean> {
  const header = await store.header(tripIdOf(hold));
  const live = header !== undefined && header.executionId === hold && liveStatuses.has(header.status);
  return !live && store.releaseSeat(flightId, hold);
}
