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
 * What the saga would refuse must not be accepted: nobody would tell its customer. Also where the catalog has a flight
 * without a price in a known currency, or without times.
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
