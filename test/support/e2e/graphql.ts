import { randomUUID } from 'node:crypto';
import { keys } from '#schema/table.ts';
import { aNewFlight } from '../flights.ts';
import * as operations from './amplify-operations.ts';
import { type ApiAnswer, aCatalogFlight, api } from './api.ts';
import type { Customer } from './customers.ts';
import { aBookingRun, authorizeCharge, type Item, put } from './saga.ts';
import type { Target } from './target.ts';
import { until } from './until.ts';

/** Sends an operation as Amplify's client does. */
export const graphQl = (
  target: Target,
  customer: Customer | undefined,
  query: string,
  variables: Item = {},
): Promise<ApiAnswer> => api(target, customer, '/graphql', { method: 'POST', body: { query, variables } });

// biome-ignore lint/suspicious/noExplicitAny: what an API answers is what the test is about.
type Ask = (target: Target, customer: Customer, query: string, variables?: Item) => Promise<any>;

/** The field's value; an error is thrown. */
export const graphQlData: Ask = async (target, customer, query, variables) => {
  const { status, text, body } = await graphQl(target, customer, query, variables);
  if (status !== 200 || body.errors !== undefined) throw new Error(`POST /graphql answers ${status}: ${text}`);
  const [value] = Object.values(body.data);
  return value;
};

/** The input of `processBooking` for a flight of the test's own, with a charge that covers it. */
export async function aBookingInput(target: Target, customer: Customer, overrides: Item = {}): Promise<Item> {
  const paymentToken = `token-${randomUUID()}`;
  await authorizeCharge(target, paymentToken, customer.sub);
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
  const input = await aBookingInput(target, customer, overrides);
  const { id } = await graphQlData(target, customer, operations.processBooking, { input });
  return graphQlBookingAt(target, customer, id, 'CONFIRMED');
}

/** The input of `createFlight`. */
export function aFlightInput(overrides: Item = {}): Item {
  const { id, ...input } = aNewFlight();
  return { ...input, ...overrides };
}

/** The one error of an answer, which is 200 all the same. */
export const graphQlError: Ask = async (target, customer, query, variables) => {
  const { status, text, body } = await graphQl(target, customer, query, variables);
  if (status !== 200 || body.errors?.length !== 1) throw new Error(`POST /graphql answers ${status}: ${text}`);
  return body.errors[0];
};

/** Follows `nextToken` to the end. */
export async function graphQlPages(
  target: Target,
  customer: Customer,
  query: string,
  variables: Item,
): Promise<Item[][]> {
  const pages: Item[][] = [];
  let nextToken: string | null = null;
  do {
    const page: { items: Item[]; nextToken: string | null } = await graphQlData(target, customer, query, {
      ...variables,
      nextToken,
    });
    pages.push(page.items);
    nextToken = page.nextToken;
  } while (nextToken !== null);
  return pages;
}

/** A booking's header without a saga: enough for what only reads. */
export async function aHeader(target: Target, customer: string, overrides: Item): Promise<string> {
  const { trip_id: id, execution_id, started_at } = aBookingRun();
  await put(target, {
    ...keys.booking(id),
    id,
    status: 'CONFIRMED',
    customer,
    outboundFlightId: 'none',
    paymentToken: `token-${id}`,
    checkedIn: false,
    createdAt: started_at,
    updatedAt: started_at,
    execution_id,
    startedAt: `${started_at}#${execution_id}`,
    ...overrides,
  });
  return id;
}
