import type { Key } from '#schema/table.ts';

/** The booking run that a reservation belongs to. */
export interface Execution {
  readonly trip_id: string;
  readonly execution_id: string;
}

/**
 * A leg's or a payment's item: what a booking holds. Each write is owned by one execution and stands behind the
 * fence, so that a write that lands after the compensation is refused and leaves nothing.
 */
export interface ReservationStore {
  /**
   * Writes the item as pending if the booking is this execution's and still open; an own item already there is
   * success without a write.
   * @throws BookingNotOpenError, ReservationConflictError, TransactionConflictError
   */
  open(execution: Execution, key: Key, item: Record<string, unknown>): Promise<void>;

  /** @throws ReservationNotFoundError where the item is not this execution's */
  confirm(execution: Execution, key: Key): Promise<void>;

  /** Deletes this execution's item; anything else there, or nothing, has nothing to undo. */
  remove(execution: Execution, key: Key): Promise<void>;
}
