import { ClientError } from '#functions/shared/http/client-error.ts';

/** There is no such booking, or none that the caller may see. */
export class BookingNotFoundError extends ClientError {
  override readonly name = 'BookingNotFoundError';
  override readonly status = 404;
  override readonly title = 'Booking not found';

  constructor() {
    super('There is no booking with this id');
  }
}

/** Concurrent writes won every time (optimistic lock). */
export class BookingConflictError extends ClientError {
  override readonly name = 'BookingConflictError';
  override readonly status = 409;
  override readonly title = 'Booking is being changed';

  constructor() {
    super('The booking is being changed by others: try again');
  }
}
