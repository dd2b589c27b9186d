export type ClientErrorStatus = 400 | 401 | 402 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | TryLaterStatus;
export type TryLaterStatus = 429 | 503;

/**
 * An error that the client is told: its message says what is wrong and what to do, and holds nothing that is not the
 * client's own. Every other error is hidden. `status` is REST's.
 */
export abstract class ClientError extends Error {
  abstract override readonly name: string;
  abstract readonly status: ClientErrorStatus;
  abstract readonly title: string;
  /** The offending field, parameter or header of the request, where there is one. */
  readonly field: string | undefined;

  constructor(message: string, field?: string) {
    super(message);
    this.field = field;
  }
}

/** What cannot be done now and may be done in a while. The client is told when to try again, the log gets the cause. */
export abstract class TryLaterError extends ClientError {
  abstract override readonly status: TryLaterStatus;
  readonly retryAfterSeconds: number;

  constructor(message: string, { retryAfterSeconds, cause }: { retryAfterSeconds: number; cause: unknown }) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
    this.cause = cause;
  }
}
