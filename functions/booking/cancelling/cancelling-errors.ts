import { ClientError, TryLaterError } from '#functions/shared/http/client-error.ts';

/** A booking that the saga is still making cannot be cancelled from outside. */
export class BookingNotCancellableError extends ClientError {
  override readonly name = 'BookingNotCancellableError';
  override readonly status = 409;
  override readonly title = 'Booking is still being made';

  constructor() {
    super('The booking is still being made: try again when its status is CONFIRMED');
  }
}

/** The booking is marked, but its cancel run could not be started: a retry or the reconciler starts it. */
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
