import type { BookingMetric } from '#functions/shared/aws/observability.ts';
import { isThrottled } from '#functions/shared/aws/throttling.ts';
import type { Clock } from '#functions/shared/clock.ts';
import { type SeatAudit, seatAudits } from '#schema/table.ts';
import { auditFlight, type FlightAuditStore } from './audit-flight.ts';

/** The flight that was audited last. */
export interface AuditPosition {
  readonly kind: SeatAudit;
  readonly flightId: string;
}

/** What one run leaves to the next. */
export interface AuditProgress {
  /** When the first round was begun: the audit's age counts from it until a round is finished. */
  readonly begunAt: string;
  /** When the last whole round was finished. */
  readonly finishedAt?: string | undefined;
  /** Undefined between two rounds. */
  readonly position?: AuditPosition | undefined;
  /** How far the flights of older releases are taken in: a page's end, or that all are. */
  readonly adopted?: unknown;
}

export interface SeatAuditStore extends FlightAuditStore {
  progress(): Promise<AuditProgress | undefined>;
  saveProgress(progress: AuditProgress): Promise<void>;
  /** Ids of the flights of this kind, in their order, after one of them. */
  flightsAfter(kind: SeatAudit, flightId: string | undefined): Promise<readonly string[]>;
  /**
   * Takes in flights of the catalog that older releases left without the audit's key and that have not departed.
   * @returns the end of the page, undefined where it was the last one
   */
  adoptPage(after: unknown, now: string): Promise<unknown>;
}

export interface SeatAuditDependencies {
  readonly store: SeatAuditStore;
  readonly count: (metric: BookingMetric, value: number) => void;
  readonly warn: (message: string) => void;
  readonly now: Clock;
  readonly msLeft: () => number;
}

export interface SeatAuditReport {
  readonly flights: number;
  readonly holds: number;
  readonly released: number;
  /** Whether the round came to its end. */
  readonly finished: boolean;
}

/** A flight has up to a thousand holds, each of which may have to be released, and the progress is to be saved then. */
const leastMsLeft = 30_000;

/** How many flights are audited again at most where a run is stopped from outside. */
const flightsBetweenSaves = 100;

const allAdopted = 'all';

/**
 * Gives back the seats that no booking holds any more, flight by flight, of the flights that have not departed and those
 * that never do. It goes on where the run before it had to stop.
 * @throws Error at the end where a flight could not be audited, so that the function's alarm tells
 */
export async function auditSeatHolds(deps: SeatAuditDependencies): Promise<SeatAuditReport> {
  const { store, count, now, msLeft, warn } = deps;
  let progress = await adoptOldFlights((await store.progress()) ?? { begunAt: now() }, deps);
  const failures: string[] = [];
  const sums = { flights: 0, holds: 0, released: 0 };
  let finished = progress.adopted === allAdopted;

  for await (const position of finished ? flightsFrom(progress.position, store) : []) {
    if (msLeft() < leastMsLeft) {
      finished = false;
      break;
    }
    try {
      const audited = await auditFlight(position.flightId, { isRetiring: position.kind === 'departing', ...deps });
      sums.holds += audited.holds;
      sums.released += audited.released;
    } catch (error) {
      if (isThrottled(error)) {
        warn(`Flight ${position.flightId} is left to the next run: ${(error as Error).name}`);
        finished = false;
        break;
      }
      failures.push(`Flight ${position.flightId}: ${error instanceof Error ? error.message : error}`);
    }
    sums.flights += 1;
    progress = { ...progress, position };
    if (sums.flights % flightsBetweenSaves === 0) await store.saveProgress(progress);
  }
  if (finished) progress = { ...progress, position: undefined, finishedAt: now() };
  await store.saveProgress(progress);

  count('AuditedFlights', sums.flights);
  count('AuditedSeatHolds', sums.holds);
  count('ReleasedSeatHolds', sums.released);
  count('SeatAuditAgeSeconds', secondsBetween(progress.finishedAt ?? progress.begunAt, now()));
  if (failures.length > 0) throw new Error(`Not every flight could be audited: ${failures.join('; ')}`);
  return { ...sums, finished };
}

/** Once for each table, whose flights may have been written by a release without the audit. Progress is saved after each page. */
async function adoptOldFlights(
  begun: AuditProgress,
  { store, now, msLeft }: SeatAuditDependencies,
): Promise<AuditProgress> {
  let progress = begun;
  while (progress.adopted !== allAdopted && msLeft() >= leastMsLeft) {
    progress = { ...progress, adopted: (await store.adoptPage(progress.adopted, now())) ?? allAdopted };
    await store.saveProgress(progress);
  }
  return progress;
}

async function* flightsFrom(position: AuditPosition | undefined, store: SeatAuditStore): AsyncGenerator<AuditPosition> {
  const kinds = position === undefined ? seatAudits : seatAudits.slice(seatAudits.indexOf(position.kind));
  for (const kind of kinds) {
    let after = kind === position?.kind ? position.flightId : undefined;
    for (;;) {
      const flightIds = await store.flightsAfter(kind, after);
      for (const flightId of flightIds) yield { kind, flightId };
      after = flightIds.at(-1);
      if (after === undefined) break;
    }
  }
}

const secondsBetween = (from: string, to: string): number =>
  Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
