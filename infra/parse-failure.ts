/** File, line and caret of a file that Node cannot parse, without Node's own frames; its message names none. Undefined for all other errors. */
export function parseFailure(error: unknown): string | undefined {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_TYPESCRIPT_SYNTAX')) return undefined;
  return (error.stack ?? error.message).replace(/\n {4}at [\s\S]*/, '');
}
