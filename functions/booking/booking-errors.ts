import { busyForSeconds } from '#functions/shared/aws/throttling.ts';
import { ClientError, TryLaterError } from '#functions/shared/http/client-error.ts';

/** A field is well-formed and still makes no sense. */
export class InvalidBookingRequestError extends ClientError {
  override readonly name = 'InvalidBookingRequestError';
  override readonly status = 422;
  override readonly title = 'The request cannot be fulfilled';

  constructor(field: string, rule: string) {
    super(`"${field}" ${rule}`, field);
  }
}

/** The catalog has no such flight. */
export class UnknownFlightError extends ClientError {
  override readonly name = 'UnknownFlightError';
  override readonly status = 404;
  override readonly title = 'Unknown flight';

  constructor() {
    super('"outboundFlightId" names no flight of the catalog: take one of GET /flights', 'outboundFlightId');
  }
}

/** The idempotency key was used for another request. */
export class IdempotencyConflictError extends ClientError {
  override readonly name = 'IdempotencyConflictError';
  override readonly status = 422;
  override readonly title = 'Idempotency key used for another request';

  /** @param field what stands for the key where the client sent none */
  constructor(field?: 'id') {
    super(
      `This ${field === undefined ? 'idempotency key' : `"${field}"`} was sent with another request before: repeat that one as it was, or use a new ${field ?? 'key'}`,
      field ?? 'Idempotency-Key',
    );
  }
}

/** The caller sees a booking with this id that is not cancelled. */
export class BookingIdInUseError extends ClientError {
  override readonly name = 'BookingIdInUseError';
  override readonly status = 409;
  override readonly title = 'Booking id in use';

  constructor(status: string) {
    super(`"id" names a booking that is ${status}: use another id, or cancel that booking first`, 'id');
  }
}

/** There is no such booking, or none that the caller may see. */
export class BookingNotFoundError extends ClientError {
  override readonly name = 'BookingNotFoundError';
  override readonly status = 404;
  override readonly title = 'Booking not found';

  constructor() {
    super('There is no booking with this id');
  }
}

/** A booking that the saga is still making cannot be cancelled from outside. */
export class BookingNotCancellableError extends ClientError {
  override readonly name = 'BookingNotCancellableError';
  override readonly status = 409;
  override readonly title = 'Booking is still being made';

  constructor() {
    super('The booking is still being made: try again when its status is CONFIRMED');
  }
}

/** The cancellation is written down and its run could not be started: the reconciler starts it, if no repetition does. */
export class CancellationDelayedError extends TryLaterError {
  override readonly name = 'CancellationDelayedError';
  override readonly status = 503;
  override readonly title = 'Cancellation delayed';

  constructor(cause: unknown) {
    super('The booking will be cancelled, but not at once: repeat the request in a few seconds to speed it up', {
      retryAfterSeconds: 10,
      cause,
    });
  }
}

/** Histories come from Step Functions, which answers an account a few of them a second. */
export class HistoryBusyError extends TryLaterError {
  override readonly name = 'HistoryBusyError';
  override readonly status = 429;
  override readonly title = 'Too many requests';

  constructor(cause: unknown) {
    super('Too many histories are asked for: try again in a few seconds, or ask for the booking itself', {
      retryAfterSeconds: busyForSeconds,
      cause,
    });
  }
}

/** A field that is the saga's, or an Admin's. */
export class FieldNotWritableError extends ClientError {
  override readonly name = 'FieldNotWritableError';
  override readonly status = 422;
  override readonly title = 'Field is not yours to change';

  constructor(field: string) {
    super(`"${field}" is not yours to change: leave it out`, field);
  }
}

/** Nobody boards what is not booked. */
export class CheckInRefusedError extends ClientError {
  override readonly name = 'CheckInRefusedError';
  override readonly status = 409;
  override readonly title = 'Booking is not confirmed';

  constructor(status: string) {
    super(`"checkedIn" can be set on a CONFIRMED booking, and this one is ${status}`, 'checkedIn');
  }
}

/** What still holds anything stays in sight. */
export class BookingNotCancelledError extends ClientError {
  override readonly name = 'BookingNotCancelledError';
  override readonly status = 409;
  override readonly title = 'Booking is not cancelled';

  constructor(status: string) {
    super(`The booking is ${status}: cancel it first, and delete it when it is CANCELLED`);
  }
}

/** Others wrote the booking at the same time, again and again. */
export class BookingConflictError extends ClientError {
  override readonly name = 'BookingConflictError';
  override readonly status = 409;
  override readonly title = 'Booking is being changed';

  constructor() {
    super('The booking is being changed by others: try again');
  }
}
