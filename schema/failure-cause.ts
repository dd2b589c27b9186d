/**
 * The message of a failure's cause: Lambda's cause is the error as JSON, an integration's is a sentence.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function messageOfCause(cause: string): string {
  try {
    const message = (JSON.parse(cause) as { readonly errorMessage?: unknown } | null)?.errorMessage;
    return typeof message === 'string' && message !== '' ? message : cause;
  } catch {
    return cause;
  }
}
