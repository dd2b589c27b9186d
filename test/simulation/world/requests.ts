import { adminGroup } from '#schema/admin-group.ts';
import { clockBehind } from '../oracle/surroundings.ts';
import { booksOf } from './books.ts';
import type { Deeds } from './deeds.ts';
import { authorize, customer, flightId, trips } from './trips.ts';
import type { World } from './world.ts';

export async function post(world: World, deeds: Deeds): Promise<void> {
  const token = 'token-of-request';
  deeds.posted ??= world.asked;
  if (!booksOf(world.cloud).charges.has(token)) await authorize(world, token);
  const body = { id: trips.book, outboundFlightId: flightId, paymentToken: token, ...deeds.posted.sections };
  await request(world, deeds, { route: 'POST /bookings', body });
}

export async function cancel(world: World, deeds: Deeds): Promise<void> {
  askFor(world, deeds);
  const before = booksOf(world.cloud).headers.get(trips.book);
  const { status } = await request(world, deeds, { route: 'DELETE /bookings/{id}', id: trips.book });
  // The trip may have been booked again meanwhile.
  askFor(world, deeds);
  const { execution_id, status: stands, cancelRequestedAt } = booksOf(world.cloud).headers.get(trips.book) ?? {};
  if (status !== 202) {
    if (before?.status === 'CONFIRMED' && before.execution_id === execution_id)
      deeds.broken.push(`DELETE /bookings/{id} answers ${status} for a confirmed booking`);
    return;
  }
  if (stands === 'CONFIRMED' && cancelRequestedAt === undefined) return;
  // Only a cancelled booking gives its place to another one.
  if (stands !== 'UNCONFIRMED') deeds.cancelled.add(String(execution_id));
}

/** Whichever booking stands is the one that the customer means. */
function askFor(world: World, { unwanted }: Deeds): void {
  const execution = booksOf(world.cloud).headers.get(trips.book)?.execution_id;
  if (execution !== undefined) unwanted.add(String(execution));
}

export interface Asking {
  readonly route: string;
  readonly id?: string;
  readonly body?: object;
  readonly isAdmin?: boolean;
}

export async function request(
  world: World,
  { answers }: Deeds,
  { route, id, body, isAdmin = false }: Asking,
): Promise<{ readonly status: number; readonly body: string }> {
  const [method = '', path = ''] = route.split(' ');
  const rawPath = path.replace('{id}', id ?? '');
  const answer = (await world.call(functionOf(route), {
    version: '2.0',
    routeKey: route,
    rawPath,
    rawQueryString: '',
    headers: { 'content-type': 'application/json', ...(route === 'POST /bookings' && { 'idempotency-key': 'key-1' }) },
    ...(id !== undefined && { pathParameters: { id } }),
    ...(body !== undefined && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
    requestContext: {
      requestId: 'request',
      http: { method, path: rawPath },
      authorizer: { jwt: { claims: { sub: customer, ...(isAdmin && { 'cognito:groups': `[${adminGroup}]` }) } } },
    },
  })) as { statusCode: number; body?: string };
  answers.push(`${route}: ${answer.statusCode} ${answer.body ?? ''}`);
  return { status: answer.statusCode, body: answer.body ?? '' };
}

const functionOf = (route: string): string => (route.endsWith('/graphql') ? 'graphql' : 'bookings');

const mutation = 'mutation ($input: CreateBookingInput!) { processBooking(input: $input) { status createdAt } }';

export async function process(world: World, deeds: Deeds): Promise<void> {
  // A booking that was cancelled has used its charge up.
  const token = `token-of-process-${deeds.cancelled.size}`;
  if (!booksOf(world.cloud).charges.has(token)) await authorize(world, token);
  const since = world.oracle.ports.clock.now();
  const input = { id: trips.book, bookingOutboundFlightId: flightId, paymentToken: token };
  const body = { query: mutation, variables: { input } };
  const answer = await request(world, deeds, { route: 'POST /graphql', body });
  const { data } = JSON.parse(answer.body) as Processed;
  const { status, createdAt = '' } = data?.processBooking ?? {};
  if (status === 'UNCONFIRMED' && !isRun(world, createdAt, since)) deeds.stale.add(createdAt);
}

interface Processed {
  readonly data?: { readonly processBooking?: { readonly status: string; readonly createdAt: string } };
}

export const processBehind = (world: World, deeds: Deeds): Promise<void> =>
  clockBehind(60_000, () => process(world, deeds));

/** A run that is under way, or was when the request came, may still be refused for another one of the trip. */
const isRun = ({ cloud }: World, startedAt: string, since: number): boolean =>
  cloud
    .executions()
    .some(({ input, stopDate }) => input.includes(`"started_at":"${startedAt}"`) && (stopDate ?? since) >= since);
