import { maxRedrives } from '#functions/booking/redriving/redrive.ts';
import { startNextRedrive } from '#functions/booking/redriving/start-redrive.ts';
import type { BookingMetric } from '#functions/shared/aws/observability.ts';
import { isThrottled } from '#functions/shared/aws/throttling.ts';
import type { Clock } from '#functions/shared/clock.ts';
import type { SagaStarter } from '#functions/shared/saga/saga-starter.ts';
import type { HeaderOfRun, KeptRun } from '#functions/trip/kept-run.ts';
import type { CancelCause } from '#schema/execution-names.ts';
import type { BookingStatus } from '#schema/saga-input.ts';

/** What the reconciler needs of a header. */
export interface UnfinishedHeader extends HeaderOfRun {
  readonly status: BookingStatus;
  readonly updatedAt: string;
  readonly cancelRequestedAt?: string | undefined;
  /** Whether it is on the index of unfinished bookings: it is until its final message is out. */
  readonly isUnfinished: boolean;
  /** Absent in headers of older releases. */
  readonly run?: KeptRun;
}

export interface ReconcilerStore {
  /** Ids of the trips whose header is unfinished and was changed last before this time. */
  unfinishedBefore(updatedAt: string): Promise<readonly string[]>;
  /** Read consistently. */
  header(tripId: string): Promise<UnfinishedHeader | undefined>;
}

export interface ReconcileDependencies {
  readonly store: ReconcilerStore;
  /** The input of the run that a header belongs to, from what the table holds. */
  readonly inputOf: (header: UnfinishedHeader) => Promise<Record<string, unknown>>;
  readonly saga: SagaStarter;
  /** Publishes the metrics at once: a run that is stopped later has told them. */
  readonly report: (metrics: Partial<Record<BookingMetric, number>>) => void;
  readonly warn: (message: string) => void;
  readonly now: Clock;
  /** Longer than the machine can run, so that nothing found is still at work. */
  readonly ageSeconds: number;
  readonly msLeft: () => number;
  readonly random: () => number;
}

export interface Reconciliation {
  readonly stuckBookings: number;
  readonly redriven: number;
  /** Left out because time or Step Functions' quota ran out. */
  readonly left: number;
}

/** A booking takes a read and, after redrives that have ended, up to five starts. */
const leastMsLeft = 10_000;

/**
 * Redrives bookings that no execution is finishing, because an event or a message was lost. It reads the unfinished bookings
 * and nothing else, so its cost is that of the bookings that are open, and it needs nothing but the table to know them.
 * @throws Error at the end where a booking could not be redriven, so that the function's alarm tells
 */
export async function reconcile(deps: ReconcileDependencies): Promise<Reconciliation> {
  const before = new Date(Date.parse(deps.now()) - deps.ageSeconds * 1000).toISOString();
  const tripIds = await deps.store.unfinishedBefore(before);
  deps.report({ StuckBookings: tripIds.length, ReconcilerRuns: 1 });

  const failures: string[] = [];
  let redriven = 0;
  let left = tripIds.length;
  for (const tripId of rotated(tripIds, deps.random())) {
    if (deps.msLeft() < leastMsLeft) break;
    try {
      if (await redriveStuck(tripId, before, deps)) redriven++;
    } catch (error) {
      if (isThrottled(error)) break;
      failures.push(`Booking ${tripId}: ${error instanceof Error ? error.message : error}`);
    }
    left--;
  }
  if (left > 0) deps.warn(`${left} bookings are left to the next run`);
  if (failures.length > 0) throw new Error(`Not everything could be reconciled: ${failures.join('; ')}`);
  return { stuckBookings: tripIds.length, redriven, left };
}

/** Starts at a random place, so that bookings that cost time in vain do not block the others for ever. */
function rotated<Item>(items: readonly Item[], random: number): readonly Item[] {
  const start = Math.floor(random * items.length);
  return [...items.slice(start), ...items.slice(0, start)];
}

/** @returns whether a redrive was started, now or before */
async function redriveStuck(tripId: string, before: string, deps: ReconcileDependencies): Promise<boolean> {
  const header = await deps.store.header(tripId);
  // The index is behind the table.
  if (header === undefined || !header.isUnfinished || header.updatedAt >= before) return false;
  const started = await startNextRedrive(deps.saga, await deps.inputOf(header), causeOf(header));
  if (started === undefined) deps.warn(`Booking ${tripId} is unfinished after ${maxRedrives} redrives`);
  return started !== undefined;
}

/**
 * The customer's cancellation goes on as such, or it could not undo a confirmed booking. Any other redrive finds by its
 * fence how the booking stands, and undoes it or goes on to the message that was not sent.
 */
function causeOf({ status, cancelRequestedAt }: UnfinishedHeader): CancelCause {
  return cancelRequestedAt !== undefined && status !== 'CANCELLED' ? 'customer' : 'redrive';
}
