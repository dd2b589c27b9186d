import { randomUUID } from 'node:crypto';
import { allLegs, requestedLegs } from '#functions/legs.ts';
import type { LegRecord } from '#functions/trip/define-leg.ts';
import { demoSections } from '#functions/trip/demo-trip.ts';
import { authorizeCharge } from '#test/support/e2e/saga.ts';
import type { Target } from '#test/support/e2e/target.ts';
import { type PartKind, partOf, requiredParts } from './audit.ts';
import { Client, type Reply } from './client.ts';
import type { Random } from './random.ts';

/** A client's request, repeated until it gets an answer. */
export interface ClientRequest {
  readonly what: string;
  /** @throws where the connection breaks */
  send(target: Target): Promise<Reply>;
  /** The booking that it makes or cancels, once a reply names it. */
  bookingOf(reply: Reply): string | undefined;
  /** Of the booking that it makes. */
  readonly parts?: readonly PartKind[];
  /** The booking that it cancels. */
  readonly cancels?: string;
  /** Whether every reply to it is the same to the byte. */
  readonly sameReply: boolean;
}

export interface KnownBookings {
  readonly confirmed: readonly Booking[];
  readonly cancelled: readonly Booking[];
}

export interface Booking {
  readonly id: string;
  readonly customer: string;
}

export const customers = ['ann', 'ben', 'cleo', 'dan', 'eve'] as const;

const failures = [
  ...requestedLegs.flatMap(({ runTypeStem }) => [`fail${runTypeStem}Reservation`, `fail${runTypeStem}Confirmation`]),
  'failPayment',
  'failBookingConfirmation',
];

const demo = (random: Random): ClientRequest =>
  demoBooking({ runType: random.one(['success', 'success', 'failPayment', 'failNotification']) });

/** A request whose repetition starts another run for the same trip, since the demo route has no keys. */
export function demoBooking(faults: Readonly<Record<string, string>>): ClientRequest {
  const tripId = `demo-${randomUUID().slice(0, 13)}`;
  return {
    what: `demo ${tripId} ${faults.runType}`,
    send: ({ apiUrl }) => new Client(apiUrl).get(`/?${new URLSearchParams({ tripID: tripId, ...faults })}`),
    bookingOf: () => tripId,
    parts: [...allLegs.map(partOf), 'PAYMENT'],
    sameReply: false,
  };
}

function cancellation({ id, customer }: Booking): ClientRequest {
  return {
    what: `cancel ${id}`,
    send: async (target) => (await Client.of(target, customer)).delete(`/bookings/${id}`),
    bookingOf: () => id,
    cancels: id,
    sameReply: false,
  };
}

async function restBooking(target: Target, random: Random, flightId: string, again?: Booking): Promise<ClientRequest> {
  const customer = again?.customer ?? random.one(customers);
  const legs = requestedLegs.filter(() => random.chance(0.7));
  const faults = {
    ...(random.chance(0.35) && { runType: random.one([...failures, 'failNotification']) }),
    ...(random.chance(0.3) && { cancelFailureRate: random.one([0.3, 1]) }),
  };
  const body = {
    ...(again && { id: again.id }),
    ...{ outboundFlightId: flightId, paymentToken: await aCharge(target, customer), ...sectionsOf(legs), ...faults },
  };
  return bookingRequest(customer, legs, body);
}

/** These legs of the example's trip, as a request's body has them. */
export const sectionsOf = (legs: readonly LegRecord[]) =>
  Object.fromEntries(legs.map(({ name }) => [name, demoSections[name as keyof typeof demoSections]]));

/** A booking by REST with an idempotency key of its own. */
export function bookingRequest(customer: string, legs: readonly LegRecord[], body: object): ClientRequest {
  const key = randomUUID();
  return {
    what: `book ${JSON.stringify(body)} key ${key}`,
    send: async (to) => (await Client.of(to, customer)).post('/bookings', body, { 'idempotency-key': key }),
    bookingOf: ({ body: accepted }) => accepted.id,
    parts: [...requiredParts, ...legs.map(partOf)],
    sameReply: true,
  };
}

async function graphqlBooking(target: Target, random: Random, flightId: string): Promise<ClientRequest> {
  const customer = random.one(customers);
  const input = {
    clientMutationId: randomUUID(),
    paymentToken: await aCharge(target, customer),
    bookingOutboundFlightId: flightId,
  };
  const query = 'mutation ($input: CreateBookingInput!) { processBooking(input: $input) { id } }';
  return {
    what: `processBooking ${JSON.stringify(input)}`,
    send: async (to) => (await Client.of(to, customer)).post('/graphql', { query, variables: { input } }),
    bookingOf: ({ body }) => body.data?.processBooking?.id,
    parts: requiredParts,
    sameReply: true,
  };
}

/** So many requests of all kinds; cancellations and new bookings of a cancelled id as far as there are bookings for them. */
export async function planRequests(
  target: Target,
  random: Random,
  { count, flights, known }: { count: number; flights: readonly string[]; known: KnownBookings },
): Promise<ClientRequest[]> {
  const share = Math.floor(count / 8);
  const requests: ClientRequest[] = [
    ...random.some(known.confirmed, share).map(cancellation),
    ...Array.from({ length: Math.ceil(share / 2) }, () => demo(random)),
  ];
  for (const again of random.some(known.cancelled, Math.ceil(share / 2))) {
    requests.push(await restBooking(target, random, random.one(flights), again));
  }
  for (let i = 0; i < share; i += 1) requests.push(await graphqlBooking(target, random, random.one(flights)));
  while (requests.length < count) requests.push(await restBooking(target, random, random.one(flights)));
  return random.some(requests, requests.length);
}

/** More than any of these bookings costs. */
const authorizedMinor = 100_000;

async function aCharge(target: Target, customer: string): Promise<string> {
  const token = `charge-${randomUUID()}`;
  await authorizeCharge(target, token, customer, authorizedMinor);
  return token;
}
