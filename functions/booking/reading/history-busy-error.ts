import { busyForSeconds } from '#functions/shared/aws/throttling.ts';
import { TryLaterError } from '#functions/shared/http/client-error.ts';

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
