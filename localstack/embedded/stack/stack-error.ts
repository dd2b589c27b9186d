/** The stack file cannot be used: the message says where, what, and what to do. The CLI shows it alone and exits with 1. */
export class StackError extends Error {
  override readonly name = 'StackError';
  /** Where in the file, once known: the innermost place is the one to mend, so outer ones do not replace it. */
  readonly place: string | undefined;

  constructor(message: string, { place, cause }: { place?: string; cause?: unknown } = {}) {
    super(place === undefined ? message : `${place}: ${message}`, { cause });
    this.place = place;
  }
}
