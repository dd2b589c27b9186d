import * as z from 'zod/mini';
import { amountPattern, bookingStatuses, TripId } from '../saga-input.ts';
import { instant, worded } from '../worded.ts';

export const BookingId = TripId;
export const Status = z.enum(bookingStatuses);

/**
 * Visible ASCII: what a header may carry without quoting. A comma joins the values of a header that is given twice.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const IdempotencyKey = worded(
  /^[\x21-\x2b\x2d-\x7e]{1,255}$/,
  'must be 1 to 255 visible ASCII characters without spaces and commas, given once',
);

const timestamp = instant();

export const Price = z.object({ amount: z.string().check(z.regex(amountPattern)), currency: z.string() });

export const AcceptedBooking = z.object({
  id: BookingId,
  status: z.literal('UNCONFIRMED'),
  outboundFlightId: z.string(),
  paymentToken: z.string(),
  customer: z.string(),
  /** Always false. Not a literal: generators take one for the text "false". */
  checkedIn: z.boolean(),
  createdAt: timestamp,
  price: Price,
});

/** A booking without what was booked, which depends on the legs. */
export const BookingAnswer = z.object({
  id: BookingId,
  status: Status,
  outboundFlightId: z.string(),
  paymentToken: z.string(),
  checkedIn: z.boolean(),
  customer: z.string(),
  createdAt: timestamp,
  updatedAt: timestamp,
  bookingReference: z.optional(z.string()),
  failureReason: z.optional(z.string()),
});

export const defaultPageSize = 25;
export const largestPage = 100;

/** A number as a query string has it. */
export const PageSize = worded(/^([1-9]\d?|100)$/, `must be a whole number from 1 to ${largestPage}`);
export const PageToken = z.string().check(z.minLength(1), z.maxLength(2048));

/** Query string of `GET /bookings`. */
export const BookingsQuery = z.strictObject({
  status: z.optional(Status),
  limit: z.optional(PageSize),
  nextToken: z.optional(PageToken),
  customer: z.optional(z.string().check(z.minLength(1), z.maxLength(250))),
});
export type BookingsQuery = z.infer<typeof BookingsQuery>;

/** Answer of `DELETE /bookings/{id}`. */
export const Cancellation = z.object({ id: BookingId, status: z.enum(['CANCELLING', 'CANCELLED']) });

const executionStatuses = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const;

/** Answer of `GET /bookings/{id}/history`: the runs of the state machine that made or undid the booking. */
export const BookingHistory = z.object({
  id: BookingId,
  status: Status,
  executions: z.array(
    z.object({
      name: z.string(),
      action: z.enum(['book', 'cancel', 'redrive']),
      status: z.enum(executionStatuses),
      startedAt: timestamp,
      endedAt: z.optional(timestamp),
      states: z.array(
        z.object({
          name: z.string(),
          enteredAt: timestamp,
          /** Absent while it is at work. */
          leftAt: z.optional(timestamp),
          /** Name of the error that its last attempt ended with. */
          error: z.optional(z.string()),
        }),
      ),
    }),
  ),
});
export type BookingHistory = z.infer<typeof BookingHistory>;
