import * as z from 'zod/mini';
import { requestedLegs } from '#functions/legs.ts';
import { BookingRunInput } from '#functions/trip/run-input.ts';
import { requestNameOf } from '#functions/trip/trip-values.ts';
import { describeIssue } from '#schema/describe-issue.ts';
import { InvalidBookingRequestError } from './accepting-errors.ts';

/** The request's field that a field of the saga's input comes from; all others come from the flight. */
const requestFields: Readonly<Record<string, string>> = {
  trip_id: 'id',
  payment_token: 'paymentToken',
  // Of the token, whose issuer may name people at greater length.
  customer: 'sub',
  ...Object.fromEntries(
    requestedLegs.flatMap((leg) => Object.keys(leg.fields).map((field) => [field, requestNameOf(leg, field)])),
  ),
};

/**
 * Refuses a request whose input the saga would refuse, since its customer would never be told. That includes flights whose
 * catalog entry has no price in a known currency, or no times.
 * @throws InvalidBookingRequestError
 */
export function assertBookable(run: BookingRunInput): void {
  const result = z.safeParse(BookingRunInput, run, { reportInput: true });
  if (result.success) return;
  const { field, message } = describeIssue(result.error);
  const requestField = requestFields[field];
  if (requestField !== undefined) throw new InvalidBookingRequestError(requestField, message);
  throw new InvalidBookingRequestError('outboundFlightId', `names a flight that cannot be booked: ${field} ${message}`);
}
