import { ClientError, TryLaterError } from '#functions/shared/http/client-error.ts';
import { cancellationReasonsOf } from './cancellation.ts';
import { isConflict } from './retry-conflicts.ts';

/**
 * Names that AWS services refuse a request under because an account's quota is used up; the SDK has tried three times by
 * then. `ExecutionLimitExceeded`: as many executions are open as the account may have.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/CommonErrors.html
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 */
const throttlingName =
  /Throttl|^(TooManyRequestsException|RequestLimitExceeded|ProvisionedThroughputExceededException|ExecutionLimitExceeded|SlowDown)$/;

export function isThrottled(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return throttlingName.test(error.name) || $metadata?.httpStatusCode === 429;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html, of one item of a transaction. */
const throttledItems: ReadonlySet<string | undefined> = new Set(['ThrottlingError', 'ProvisionedThroughputExceeded']);

/** Whether the same request may succeed in a while: a quota is used up, or writes of others have met it at every try. */
export const isPassing = (error: unknown): boolean =>
  isThrottled(error) || isConflict(error) || cancellationReasonsOf(error).some(({ Code }) => throttledItems.has(Code));

/** Quotas refill every second; a client that waits longer leaves room for others. */
export const busyForSeconds = 5;

/** The quota is the whole account's: the client has done nothing wrong. */
export class ServiceBusyError extends TryLaterError {
  override readonly name = 'ServiceBusyError';
  override readonly status = 503;
  override readonly title = 'Service busy';

  constructor(cause: unknown) {
    const message = 'The service is busy: repeat the request as it was in a few seconds';
    super(message, { retryAfterSeconds: busyForSeconds, cause });
  }
}

/** What the client is told of an error; undefined where it is hidden. */
export function toldOf(error: unknown): ClientError | undefined {
  if (error instanceof ClientError) return error;
  return isPassing(error) ? new ServiceBusyError(error) : undefined;
}
