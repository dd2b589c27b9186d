import type { CompensationInput } from '#schema/saga-input.ts';

/** What a new header says; the rest is derived. */
export interface BookingHeader {
  readonly trip_id: string;
  readonly execution_id: string;
  readonly started_at: string;
  readonly customer: string;
  readonly outboundFlightId: string;
  readonly paymentToken: string;
}

/** The booking's header: its state is the saga's one point of decision. Headers are never deleted. */
export interface HeaderStore {
  /**
   * Opens the booking as UNCONFIRMED where there is none yet, or the same customer's that was cancelled and is older; this
   * execution's own open header is success.
   * @throws BookingAlreadyExistsError
   */
  open(header: BookingHeader, now: string): Promise<void>;

  /**
   * The commit: UNCONFIRMED to CONFIRMED; this execution's own CONFIRMED is success.
   * @throws BookingNotOpenError
   */
  confirm(run: { trip_id: string; execution_id: string }, bookingReference: string, now: string): Promise<void>;

  /**
   * Moves this execution's header to CANCELLING, or writes one as a tombstone where there is none.
   * @param mayUndoConfirmed whether CONFIRMED may be left, too
   * @returns whether the booking is fenced now: if not, nothing may be undone
   * @throws InvalidSagaInputError where flight or payment token are not the booking's
   */
  fence(run: CompensationInput, options: { mayUndoConfirmed: boolean; reason: string; now: string }): Promise<boolean>;

  /**
   * CANCELLING to CANCELLED; this execution's own CANCELLED is success.
   * @throws BookingNotFencedError, ReservationsRemainError where a part of the booking is still there
   */
  close(run: { trip_id: string; execution_id: string }, now: string): Promise<void>;
}

/** Orders the runs of a trip in time and tells two of the same millisecond apart. */
export function startedAtOf(run: { started_at: string; execution_id: string }): string {
  return `${run.started_at}#${run.execution_id}`;
}
