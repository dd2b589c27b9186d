import type * as z from 'zod/mini';
import { type AcceptBookingPorts, acceptBooking } from '#functions/booking/accepting/accept-booking.ts';
import { BookingNotFoundError } from '#functions/booking/booking-errors.ts';
import { mayListFor, visibleTo } from '#functions/booking/booking-policy.ts';
import { type CancelBookingPorts, cancelByCustomer } from '#functions/booking/cancelling/cancel-by-customer.ts';
import { clientView } from '#functions/booking/client-view.ts';
import { type BookingHistoryPorts, bookingHistory } from '#functions/booking/reading/booking-history.ts';
import type { BookingReader } from '#functions/booking/reading/booking-reader.ts';
import { callerOf } from '#functions/shared/http/caller.ts';
import { nothingElse } from '#functions/shared/http/nothing-else.ts';
import type { CreateBooking, CreateFaultyBooking } from '#functions/trip/booking-request.ts';
import { BookingsQuery, IdempotencyKey } from '#schema/http/bookings.ts';
import { answerPage } from './answer-page.ts';
import { jsonResponse } from './http-handler.ts';
import { customerIsForAdmins } from './problem.ts';
import { queried } from './queried.ts';
import { readBody, readHeader } from './read-request.ts';
import type { RestRequest, RestRoutes } from './rest-handler.ts';

export interface BookingRoutePorts {
  readonly bookings: BookingReader;
  readonly booking: AcceptBookingPorts;
  readonly cancelling: CancelBookingPorts;
  readonly history: BookingHistoryPorts;
  readonly body: typeof CreateBooking | typeof CreateFaultyBooking;
}

export function bookingRoutes(ports: BookingRoutePorts): RestRoutes {
  return {
    'POST /bookings': { operation: 'createBooking', takesBody: true, run: (request) => createBooking(request, ports) },
    'GET /bookings': queried({
      operation: 'listBookings',
      query: BookingsQuery,
      run: (request, query) => listBookings(request, query, ports),
    }),
    'GET /bookings/{id}': { operation: 'getBooking', run: (request) => getBooking(request, ports) },
    'DELETE /bookings/{id}': { operation: 'cancelBooking', run: (request) => cancelBooking(request, ports) },
    'GET /bookings/{id}/history': { operation: 'getBookingHistory', run: (request) => getHistory(request, ports) },
  };
}

async function createBooking({ event }: RestRequest, { booking, body }: BookingRoutePorts) {
  const key = readHeader(event, 'Idempotency-Key', IdempotencyKey);
  const request: z.infer<typeof CreateFaultyBooking> = readBody(event, body);
  const accepted = await acceptBooking(callerOf(event), { key, request }, booking);
  const response =
    accepted.kind === 'accepted'
      ? jsonResponse(202, accepted.booking)
      : jsonResponse(200, clientView(accepted.booking));
  return { ...response, headers: { ...response.headers, location: `/bookings/${accepted.booking.id}` } };
}

async function listBookings({ event }: RestRequest, query: BookingsQuery, { bookings }: BookingRoutePorts) {
  const caller = callerOf(event);
  const { status, customer = caller.sub, limit, nextToken, ...rest } = query;
  nothingElse(rest);
  if (!mayListFor(caller, customer)) throw customerIsForAdmins();
  return answerPage({
    page: { limit, nextToken },
    query: ['listBookings', caller.sub, customer, status ?? null],
    read: (request) => bookings.newest({ customer, status, ...request }),
    view: (items) => items.filter((one) => visibleTo(caller, one) !== undefined).map(clientView),
  });
}

async function getBooking({ event, parameters }: RestRequest, { bookings }: BookingRoutePorts) {
  const caller = callerOf(event);
  const found = visibleTo(caller, await bookings.get(parameters.id ?? '', caller));
  if (found === undefined) throw new BookingNotFoundError();
  return jsonResponse(200, clientView(found));
}

async function cancelBooking({ event, parameters }: RestRequest, { cancelling }: BookingRoutePorts) {
  const { id, status } = await cancelByCustomer(callerOf(event), parameters.id ?? '', cancelling);
  return jsonResponse(202, { id, status });
}

async function getHistory({ event, parameters }: RestRequest, { history }: BookingRoutePorts) {
  return jsonResponse(200, await bookingHistory(callerOf(event), parameters.id ?? '', history));
}
