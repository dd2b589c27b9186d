import { ClientError } from '#functions/shared/http/client-error.ts';

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
