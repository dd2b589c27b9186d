import { SagaError } from './saga-error.ts';

/** The fence: the header is not this execution's UNCONFIRMED one (any more). Nothing was written. */
export class BookingNotOpenError extends SagaError {
  override readonly name = 'BookingNotOpenError';
  override readonly retryable = false;
}

/** Another execution's reservation sits at the key. */
export class ReservationConflictError extends SagaError {
  override readonly name = 'ReservationConflictError';
  override readonly retryable = false;
}

/** A confirm found no reservation of this execution. */
export class ReservationNotFoundError extends SagaError {
  override readonly name = 'ReservationNotFoundError';
  override readonly retryable = false;
}

/** DynamoDB cancelled a transaction because another one held an item. */
export class TransactionConflictError extends SagaError {
  override readonly name = 'TransactionConflictError';
  override readonly retryable = true;
}
