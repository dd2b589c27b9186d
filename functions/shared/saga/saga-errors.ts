/**
 * The saga's own errors. Step Functions matches on `error.name`, so the names are an API: they are literals (a
 * minifier renames classes), and a test holds them equal to the names in the ASL.
 */
export abstract class SagaError extends Error {
  abstract override readonly name: string;
  /** Whether the same call may succeed later; the ASL's retriers follow it. */
  abstract readonly retryable: boolean;
}

/** The input does not fit the step's schema; the message names the field. */
export class InvalidSagaInputError extends SagaError {
  override readonly name = 'InvalidSagaInputError';
  override readonly retryable = false;
}

/** Another booking has this trip, or this run's own header is already past UNCONFIRMED. Nothing was written. */
export class BookingAlreadyExistsError extends SagaError {
  override readonly name = 'BookingAlreadyExistsError';
  override readonly retryable = false;
}

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

/** The gateway refuses to capture: unknown token, too little authorized, used for another payment. */
export class PaymentDeclinedError extends SagaError {
  override readonly name = 'PaymentDeclinedError';
  override readonly retryable = false;
}

/** The charge was voided or refunded, so a late capture is refused. */
export class ChargeClosedError extends SagaError {
  override readonly name = 'ChargeClosedError';
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

/** DynamoDB cancelled a transaction because another one held an item. */
export class TransactionConflictError extends SagaError {
  override readonly name = 'TransactionConflictError';
  override readonly retryable = true;
}

/** Thrown on purpose, by the fault-injection middleware alone. */
export class InjectedFaultError extends SagaError {
  override readonly name = 'InjectedFaultError';
  override readonly retryable = false;
}

export const sagaErrors = [
  InvalidSagaInputError,
  BookingAlreadyExistsError,
  BookingNotOpenError,
  BookingNotFencedError,
  ReservationsRemainError,
  ReservationConflictError,
  ReservationNotFoundError,
  PaymentDeclinedError,
  ChargeClosedError,
  TransactionConflictError,
  InjectedFaultError,
] as const;

/** Errors that an execution itself ends with, set by the machine's Fail states. */
export const executionErrors = {
  bookingFailed: 'BookingFailed',
  compensationFailed: 'CompensationFailed',
  invalidInput: 'InvalidSagaInput',
} as const;
