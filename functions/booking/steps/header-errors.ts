import { SagaError } from '#functions/shared/saga/saga-error.ts';

/** Another booking has this trip, or this run's own header is already past UNCONFIRMED. Nothing was written. */
export class BookingAlreadyExistsError extends SagaError {
  override readonly name = 'BookingAlreadyExistsError';
  override readonly retryable = false;
}

/** `CloseBooking` found a header that this execution has not fenced. */
export class BookingNotFencedError extends SagaError {
  override readonly name = 'BookingNotFencedError';
  override readonly retryable = false;
}

/** `CloseBooking` found reservations of this execution: the run's input was not that of the booking. */
export class ReservationsRemainError extends SagaError {
  override readonly name = 'ReservationsRemainError';
  override readonly retryable = false;
}
