import { ClientError } from '#functions/shared/http/client-error.ts';

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
