import { ClientError } from '#functions/shared/http/client-error.ts';

/** Only the saga, or an Admin, may write the field. */
export class FieldNotWritableError extends ClientError {
  override readonly name = 'FieldNotWritableError';
  override readonly status = 422;
  override readonly title = 'Field is not yours to change';

  constructor(field: string) {
    super(`"${field}" is not yours to change: leave it out`, field);
  }
}

/** Only a CONFIRMED booking can be checked in. */
export class CheckInRefusedError extends ClientError {
  override readonly name = 'CheckInRefusedError';
  override readonly status = 409;
  override readonly title = 'Booking is not confirmed';

  constructor(status: string) {
    super(`"checkedIn" can be set on a CONFIRMED booking, and this one is ${status}`, 'checkedIn');
  }
}

/** A booking that may still hold reservations stays visible. */
export class BookingNotCancelledError extends ClientError {
  override readonly name = 'BookingNotCancelledError';
  override readonly status = 409;
  override readonly title = 'Booking is not cancelled';

  constructor(status: string) {
    super(`The booking is ${status}: cancel it first, and delete it when it is CANCELLED`);
  }
}
