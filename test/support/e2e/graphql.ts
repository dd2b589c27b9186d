import { randomUUID } from 'node:crypto';
import * as operations from './amplify-operations.ts';
import { type ApiAnswer, aCatalogFlight, api } from './api.ts';
import type { Customer } from './customers.ts';
import { authorizeCharge, type Item, until } from './saga.ts';
import type { Target } from './target.ts';

/** Sends an operation as Amplify's client does. */
export const graphQl = (
  target: Target,
  customer: Customer | undefined,
  query: string,
  variables: Item = {},
): Promise<ApiAnswer> => api(target, customer, '/graphql', { method: 'POST', body: { query, variables } });

/** The field's value; whatever went wrong is thrown. */
export async function graphQlData(
  target: Target,
  customer: Customer,
  query: string,
  variables: Item = {},
  // biome-ignore lint/suspicious/noExplicitAny: what an API answers is what the test is about.
): Promise<any> {
  const { status, text, body } = await graphQl(target, customer, query, variables);
  if (status !== 200 || body.errors !== undefined) throw new Error(`POST /graphql answers ${status}: ${text}`);
  const [value] = Object.values(body.data);
  return value;
}

/** The input of `processBooking` for a flight of the test's own, with a charge that covers it. */
export async function aBookingInput(target: Target, overrides: Item = {}): Promise<Item> {
  const paymentToken = `token-${randomUUID()}`;
  await authorizeCharge(target, paymentToken);
  return { bookingOutboundFlightId: await aCatalogFlight(target, 5), paymentToken, ...overrides };
}

/** Asks until the booking stands so; it is never absent in between. */
export function graphQlBookingAt(target: Target, customer: Customer, id: string, status: string): Promise<Item> {
  return until(async () => {
    const booking = await graphQlData(target, customer, operations.getBooking, { id });
    if (booking === null) throw new Error(`Booking ${id} is not there`);
    return booking.status === status ? (booking as Item) : undefined;
  });
}

/** Books through GraphQL and waits until the booking stands. */
export async function aGraphQlBooking(target: Target, customer: Customer, overrides: Item = {}): Promise<Item> {
  const input = await aBookingInput(target, overrides);
  const { id } = await graphQlData(target, customer, operations.processBooking, { input });
  return graphQlBookingAt(target, customer, id, 'CONFIRMED');
}

/** The input of `createFlight`. */
export const aFlightInput = (overrides: Item = {}): Item => ({
  departureDate: '2026-07-10T06:00:00.000Z',
  departureAirportCode: 'LGW',
  departureAirportName: 'London Gatwick',
  departureCity: 'London',
  departureLocale: 'Europe/London',
  arrivalDate: '2026-07-10T07:25:00.000Z',
  arrivalAirportCode: 'DUB',
  arrivalAirportName: 'Dublin Airport',
  arrivalCity: 'Dublin',
  arrivalLocale: 'Europe/Dublin',
  ticketPrice: 150,
  ticketCurrency: 'USD',
  flightNumber: 1810,
  seatCapacity: 10,
  ...overrides,
});
