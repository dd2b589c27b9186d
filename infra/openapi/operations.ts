import { allLegs, requestedLegs } from '#functions/legs.ts';
import { BookedBooking, BookingList } from '#functions/trip/booking-answer.ts';
import { CreateFaultyBooking } from '#functions/trip/booking-request.ts';
import type { LegRecord } from '#functions/trip/define-leg.ts';
import { demoPrice, demoSections } from '#functions/trip/demo-trip.ts';
import { demoFlightId } from '#schema/demo-request.ts';
import {
  AcceptedBooking,
  BookingHistory,
  BookingId,
  BookingsQuery,
  Cancellation,
  IdempotencyKey,
} from '#schema/http/bookings.ts';
import { CreateCharge, CreatedCharge } from '#schema/http/charges.ts';
import { FlightList, FlightsQuery } from '#schema/http/flights.ts';
import { HealthAnswer } from '#schema/http/health.ts';
import { LoyaltyAnswer, LoyaltyQuery } from '#schema/http/loyalty.ts';
import type { Operation } from './operation.ts';
import { listed } from './words.ts';

const invalid = 'A parameter, header or field is wrong; `field` names it';
const body = {
  413: 'The body is too large',
  415: 'The body is not `application/json`',
};
const notFound = 'No such booking, or not one of yours';
const ofBooking = { path: { id: BookingId }, tag: 'Bookings' } as const;

const calledOf = (from: LegRecord['source']['from']): string =>
  listed(allLegs.filter(({ source }) => source.from === from).map(({ called }) => called));
const prices = requestedLegs.flatMap(({ source }) => (source.from === 'request' ? [source.price.said] : []));

const ownOperations: readonly Operation[] = [
  {
    routeKey: 'POST /bookings',
    operationId: 'createBooking',
    tag: 'Bookings',
    summary: 'Book a holiday',
    description:
      `Starts a booking of ${calledOf('flight')}, and of ${calledOf('request')} where they are asked for. The price is the ` +
      `server's: ${listed(["the flight's ticket", ...prices])}, in the flight's currency; the payment token has ` +
      'to be authorized for it. With the same `Idempotency-Key` and body, the same answer comes again and nothing is ' +
      'booked twice; keys are your own. Without one every request is a booking of its own. After 90 days the answer of ' +
      'then is forgotten and the booking itself is told.',
    headers: { 'Idempotency-Key': IdempotencyKey },
    body: CreateFaultyBooking,
    example: {
      outboundFlightId: demoFlightId,
      paymentToken: 'ch_1234567890',
      ...demoSections,
    },
    answers: {
      200: {
        description: 'A repetition after more than 90 days: the booking of then, as it stands now',
        schema: BookedBooking,
        headers: { Location: 'Path of the booking' },
        links: ['getBooking', 'getBookingHistory', 'cancelBooking'],
      },
      202: {
        description: 'Accepted; ask `Location` how it stands',
        schema: AcceptedBooking,
        headers: { Location: 'Path of the booking' },
        links: ['getBooking', 'getBookingHistory', 'cancelBooking'],
      },
    },
    problems: {
      ...body,
      404: 'The catalog has no such flight',
      409: 'The booking id is in use',
      422: 'The idempotency key was used for another request, or dates are in the wrong order',
    },
  },
  {
    routeKey: 'GET /bookings',
    operationId: 'listBookings',
    tag: 'Bookings',
    summary: 'Your bookings, newest first',
    description:
      'Only those of a `status`, where one is given. `limit` counts bookings read, also those of another status: a page may be ' +
      'shorter, and the list ends where there is no `nextToken`.',
    query: BookingsQuery,
    answers: { 200: { description: 'A page of bookings', schema: BookingList } },
    problems: { 403: '`customer` is for Admins' },
  },
  {
    ...ofBooking,
    routeKey: 'GET /bookings/{id}',
    operationId: 'getBooking',
    summary: 'A booking',
    answers: { 200: { description: 'The booking', schema: BookedBooking } },
    problems: { 404: notFound },
  },
  {
    ...ofBooking,
    routeKey: 'DELETE /bookings/{id}',
    operationId: 'cancelBooking',
    summary: 'Cancel a booking',
    description:
      'Gives everything back, newest first. Twice is once; a cancelled booking stays readable. After 503 the booking is ' +
      'CANCELLING all the same: the service starts what it could not start now, a repetition starts it sooner.',
    answers: { 202: { description: 'Being cancelled, or cancelled already', schema: Cancellation } },
    problems: { 404: notFound, 409: 'The booking is still being made: try again when it is CONFIRMED' },
  },
  {
    ...ofBooking,
    routeKey: 'GET /bookings/{id}/history',
    operationId: 'getBookingHistory',
    summary: 'The states that a booking has passed',
    description:
      'Runs of the state machine that made, cancelled or redrove the booking; they are kept for 90 days. Few histories ' +
      'can be read a second: to wait for a booking, ask for the booking itself.',
    answers: { 200: { description: 'The runs, oldest first', schema: BookingHistory } },
    problems: { 404: notFound },
  },
  {
    routeKey: 'GET /flights',
    operationId: 'listFlights',
    tag: 'Flights',
    summary: 'Flights of the catalog',
    description:
      'From a departure airport they come by arrival airport and date; without one the whole catalog is read, in no order. ' +
      '`limit` counts flights read: a page may be shorter, and the list ends where there is no `nextToken`.',
    query: FlightsQuery,
    answers: { 200: { description: 'A page of flights', schema: FlightList } },
  },
  {
    routeKey: 'POST /payments/charges',
    operationId: 'createCharge',
    tag: 'Payments',
    summary: 'Pre-authorize a charge',
    description:
      'The answer’s id is the `paymentToken` of a booking. `amount` is in whole units of the currency, as a ' +
      'flight’s `ticketPrice` is. With the same `Idempotency-Key` and body the same charge is answered again.',
    headers: { 'Idempotency-Key': IdempotencyKey },
    body: CreateCharge,
    example: {
      amount: Number(demoPrice.amount),
      currency: demoPrice.currency,
      stripeToken: 'tok_visa',
      description: 'A holiday in Dublin',
      email: 'alice@example.com',
    },
    answers: { 200: { description: 'Authorized', schema: CreatedCharge } },
    problems: {
      ...body,
      402: 'The card was declined',
      422: 'The idempotency key was used for another charge, or the provider does not take a field',
    },
  },
  {
    routeKey: 'GET /loyalty',
    operationId: 'getLoyalty',
    tag: 'Loyalty',
    summary: 'Your loyalty points',
    query: LoyaltyQuery,
    answers: { 200: { description: 'The account', schema: LoyaltyAnswer } },
    problems: { 403: '`customer` is for Admins' },
  },
  {
    routeKey: 'GET /health',
    operationId: 'getHealth',
    tag: 'Service',
    summary: 'Whether the service answers',
    open: true,
    answers: { 200: { description: 'It does', schema: HealthAnswer } },
  },
];

/** Every route of the REST API. Each refuses a query parameter that it does not know. */
export const operations: readonly Operation[] = ownOperations.map((operation) => ({
  ...operation,
  problems: { 400: invalid, ...operation.problems },
}));
