import { cutToBytes } from '#functions/shared/aws/lambda-middleware.ts';
import { messageOfCause } from '#schema/failure-cause.ts';

const maxFailureReasonBytes = 1024;

/** The error of the flight's conditional update where no seat is free. */
const seatRefused = 'DynamoDB.ConditionalCheckFailedException';

interface Failure {
  readonly state: string;
  readonly error: string;
  readonly cause: string;
}

/** Whether the run failed because DynamoDB gave it no seat: the flight is full, or there is none. */
export function wasSeatRefused(run: Readonly<Record<string, unknown>>): boolean {
  const failure = run.action === 'cancel' ? undefined : failureOf(run);
  return failure?.state === 'ReserveSeat' && failure.error === seatRefused;
}

/**
 * Why the booking was undone, for people: the state that failed with its error, or who asked for it.
 * @param flightExists known only where a seat was refused
 */
export function failureReasonOf(
  run: Readonly<Record<string, unknown>>,
  { flightExists }: { readonly flightExists?: boolean | undefined } = {},
): string {
  if (run.action === 'cancel') {
    return run.cause === 'customer' ? 'Cancelled by the customer' : 'The booking run ended before it was done';
  }
  const failure = failureOf(run);
  if (failure === undefined) return 'Unknown';
  const { state, error, cause } = failure;
  const message = wasSeatRefused(run) ? seatMessage(flightExists) : messageOfCause(cause);
  return cutToBytes(`${state} failed: ${error}: ${message}`, maxFailureReasonBytes);
}

/** One condition refuses both, so the error alone does not tell them apart. */
function seatMessage(flightExists: boolean | undefined): string {
  if (flightExists === undefined) return 'the flight has no free seat, or there is no such flight';
  return flightExists ? 'the flight has no free seat' : 'there is no such flight';
}

function failureOf(run: Readonly<Record<string, unknown>>): Failure | undefined {
  for (const [field, value] of Object.entries(run)) {
    if (!field.endsWith('Error') || typeof value !== 'object' || value === null) continue;
    const { Error: error = 'Unknown', Cause: cause = '' } = value as { Error?: string; Cause?: string };
    return { state: field.slice(0, -'Error'.length), error, cause };
  }
  return undefined;
}
