import type { KeptRun } from '#functions/trip/kept-run.ts';
import type { CompensationInput } from '#functions/trip/run-input.ts';
import type { FenceOutcome } from '#schema/saga-input.ts';

/** What a new header says; the rest is derived. */
export interface BookingHeader {
  readonly trip_id: string;
  readonly execution_id: string;
  readonly started_at: string;
  readonly customer: string;
  readonly outboundFlightId: string;
  readonly paymentToken: string;
  /**
   * When the run that opens it was started, by Step Functions' own clock. It tells two runs of one name apart: names are
   * forgotten after 90 days. Undefined in runs of releases that did not say it.
   */
  readonly openedAt?: string | undefined;
  readonly run: KeptRun;
}

/** The booking's header: its state is the saga's one point of decision. Headers are never deleted. */
export interface HeaderStore {
  /**
   * Opens the booking as UNCONFIRMED where there is none yet, or the same customer's that was cancelled and is older; an
   * open header of this very run is success.
   * @throws BookingAlreadyExistsError
   */
  open(header: BookingHeader, now: string): Promise<void>;

  /**
   * The commit: UNCONFIRMED to CONFIRMED; this execution's own CONFIRMED is success.
   * @throws BookingNotOpenError
   */
  confirm(run: { trip_id: string; execution_id: string }, bookingReference: string, now: string): Promise<void>;

  /**
   * Moves this execution's header to CANCELLING. Where there is none, or an older one of the same customer that was
   * cancelled, it writes its own as a tombstone, so that an opening that lands later is refused.
   * @param mayUndoConfirmed whether CONFIRMED may be left, too
   * @returns whether the booking is fenced now: if not, nothing may be undone
   * @throws InvalidSagaInputError where flight or payment token are not the booking's
   */
  fence(
    run: CompensationInput,
    options: { mayUndoConfirmed: boolean; reason: string; now: string },
  ): Promise<FenceOutcome>;

  /**
   * CANCELLING to CANCELLED; this execution's own CANCELLED is success, and so is another execution's header: the trip can
   * only be booked again once this booking was closed.
   * @throws BookingNotFencedError, ReservationsRemainError where a part of the booking is still there
   */
  close(run: { trip_id: string; execution_id: string }, now: string): Promise<void>;
}

/** Orders the runs of a trip in time and tells two of the same millisecond apart. */
export function startedAtOf(run: { started_at: string; execution_id: string }): string {
  return `${run.started_at}#${run.execution_id}`;
}
