import { randomUUID } from 'node:crypto';
import type { FlightAnswer } from '#schema/http/flights.ts';
import { departureScheduleOf, departureScheduleSortKey, keys } from '#schema/table.ts';
import { aNewFlight } from '../flights.ts';
import { bearer, type Customer } from './customers.ts';
import { authorizeCharge, type Item, put } from './saga.ts';
import type { Target } from './target.ts';
import { until } from './until.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what an API answers is what the test is about.
  readonly body: any;
}

export interface ApiRequest {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  /** An object is sent as JSON, a text as it is. */
  readonly body?: unknown;
}

/** A request to the REST API, with a customer's token or without one. */
export async function api(
  target: Target,
  customer: Customer | undefined,
  path: string,
  { method = 'GET', headers = {}, body }: ApiRequest = {},
): Promise<ApiAnswer> {
  const response = await fetch(`${target.apiUrl}${path}`, {
    method,
    headers: {
      ...(customer ? bearer(customer) : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = text !== '' && /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : text };
}

/** Puts a flight of the test's own into the catalog, and answers its id. */
export async function aCatalogFlight(
  target: Target,
  seatCapacity: number,
  overrides: Partial<FlightAnswer> = {},
): Promise<string> {
  const flight = aNewFlight({ seatCapacity, ...overrides });
  const sortKey = { [departureScheduleSortKey]: departureScheduleOf(flight) };
  await put(target, { ...keys.flightInventory(flight.id), ...flight, ...sortKey });
  return flight.id;
}

/** A request for a flight alone, with a charge that covers it. */
export async function aBookingRequest(target: Target, customer: Customer, overrides: Item = {}): Promise<Item> {
  const paymentToken = `token-${randomUUID()}`;
  await authorizeCharge(target, paymentToken, customer.sub);
  return { outboundFlightId: await aCatalogFlight(target, 5), paymentToken, ...overrides };
}

export const postBooking = (
  target: Target,
  customer: Customer,
  body: unknown,
  key: string = randomUUID(),
): Promise<ApiAnswer> =>
  api(target, customer, '/bookings', { method: 'POST', body, headers: { 'idempotency-key': key } });

/**
 * Asks until the booking stands so, from the moment that it was accepted; it is never absent in between. One that was
 * undone instead stays so: that is told at once.
 */
export function bookingAt(target: Target, customer: Customer, id: string, status: string): Promise<Item> {
  return until(async () => {
    const answer = await api(target, customer, `/bookings/${id}`);
    if (answer.status !== 200) throw new Error(`GET /bookings/${id} answers ${answer.status}: ${answer.text}`);
    const { status: current, failureReason } = answer.body;
    if (current === 'CANCELLED' && status !== current) throw new Error(`Booking ${id} was undone: ${failureReason}`);
    return current === status ? (answer.body as Item) : undefined;
  });
}

/** Books and waits until the booking stands. */
export async function aConfirmedBooking(target: Target, customer: Customer, overrides: Item = {}): Promise<string> {
  const { status, text, body } = await postBooking(
    target,
    customer,
    await aBookingRequest(target, customer, overrides),
  );
  if (status !== 202) throw new Error(`POST /bookings answers ${status}: ${text}`);
  await bookingAt(target, customer, body.id, 'CONFIRMED');
  return body.id;
}
