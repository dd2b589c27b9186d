/** Every kind of error that a client may be told of. */
const knownErrorTypes: ReadonlySet<string> = new Set([
  'BookingConflictError',
  'BookingIdInUseError',
  'BookingNotCancellableError',
  'BookingNotCancelledError',
  'BookingNotFoundError',
  'CheckInRefusedError',
  'DynamoDB:ConditionalCheckFailedException',
  'FieldNotWritableError',
  'FlightConflictError',
  'FlightHasHoldsError',
  'IdempotencyConflictError',
  'InvalidArgumentsError',
  'InvalidBookingRequestError',
  'MalformedHttpRequestException',
  'QueryTooLarge',
  'Unauthorized',
  'UnknownFlightError',
  'ValidationError',
]);

/** What stands in errors that were never meant for clients. */
const inside =
  /\.(ts|mjs|js):\d+|node_modules|node:internal|arn:aws|FLIGHT#|REQUEST#|IDEMPOTENCY#|ValidationException|AccessDenied|TypeError|RangeError|execution_id|startedAt/;

const shape = ['data', 'errorInfo', 'errorType', 'locations', 'message', 'path'];

/** The fault of an answer, which no request may cause; undefined if there is none. */
export function complaintOf(status: number, text: string): string | undefined {
  if (status !== 200 && status !== 400) return `status ${status}`;
  let body: { data?: unknown; errors?: Record<string, unknown>[] };
  try {
    body = JSON.parse(text);
  } catch {
    return 'no JSON';
  }
  if (!('data' in body)) return 'no data';
  if (status === 400 && body.data !== null) return 'data with status 400';
  for (const error of body.errors ?? []) {
    if (JSON.stringify(Object.keys(error).sort()) !== JSON.stringify(shape)) return 'an error without its shape';
    if (!knownErrorTypes.has(String(error.errorType))) return `an unexpected error: ${error.errorType}`;
    // What the document or the variables hold comes back in what is wrong with them.
    if (error.errorType !== 'ValidationError' && inside.test(String(error.message)))
      return 'an error that tells of the inside';
  }
  return undefined;
}

/** What an answer holds: data, and kinds of errors, each once. */
export function kindsOf(text: string): ReadonlySet<string> {
  const { data, errors = [] } = JSON.parse(text) as { data?: object | null; errors?: { errorType: string }[] };
  const present = Object.values(data ?? {}).some((value) => value !== null);
  return new Set([...(present ? ['data'] : []), ...errors.map(({ errorType }) => errorType)]);
}
