/**
 * The saga's own errors. Step Functions matches on `error.name`, so the names are an API: they are literals (a
 * minifier renames classes), and a test holds them equal to the names in the ASL.
 */
export abstract class SagaError extends Error {
  abstract override readonly name: string;
  /** Whether the same call may succeed later; the ASL's retriers follow it. */
  abstract readonly retryable: boolean;
}
