import { randomUUID } from 'node:crypto';
import { loadStack } from '#embedded/index.ts';
import { authorizeCharge } from '#test/support/e2e/saga.ts';
import type { Target } from '#test/support/e2e/target.ts';
import { localIssuerOf } from '../../localstack/issuer.ts';

interface Call {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  /** The expected answer, so that the figure is not that of a refusal. */
  readonly status?: number;
}

interface Route {
  readonly name: string;
  /** Prepares what the call needs; not measured. */
  readonly call: (target: Target, token: string) => Promise<Call>;
}

/** Who makes all the calls. */
const customer = `bench-${randomUUID()}`;

async function aBooking(target: Target): Promise<Call> {
  const paymentToken = `bench-${randomUUID()}`;
  await authorizeCharge(target, paymentToken, customer);
  return {
    method: 'POST',
    path: '/bookings',
    status: 202,
    body: { outboundFlightId: 'demo-london-dublin', paymentToken },
  };
}

/** A booking of its own that stands. */
async function confirmed(target: Target, token: string): Promise<string> {
  const { id } = (await send(target, token, await aBooking(target))) as { id: string };
  for (;;) {
    const { status } = (await send(target, token, { path: `/bookings/${id}` })) as { status: string };
    if (status === 'CONFIRMED') return id;
  }
}

const graphQl = (query: string): Call => ({ method: 'POST', path: '/graphql', body: { query } });
const fixed = (call: Call) => async (): Promise<Call> => call;

/** Calls for the same booking again and again: reads do not use it up. */
let readBooking: Promise<string> | undefined;
const ofBooking = (suffix: string) => async (target: Target, token: string) => {
  readBooking ??= confirmed(target, token);
  return { path: `/bookings/${await readBooking}${suffix}` };
};

const routes: readonly Route[] = [
  { name: 'GET /health', call: fixed({ path: '/health' }) },
  { name: 'GET /openapi.json', call: fixed({ path: '/openapi.json' }) },
  { name: 'POST /bookings', call: (target) => aBooking(target) },
  { name: 'GET /bookings', call: fixed({ path: '/bookings?limit=25' }) },
  { name: 'GET /bookings/{id}', call: ofBooking('') },
  { name: 'GET /bookings/{id}/history', call: ofBooking('/history') },
  {
    name: 'DELETE /bookings/{id}',
    call: async (target, token) => ({
      method: 'DELETE',
      path: `/bookings/${await confirmed(target, token)}`,
      status: 202,
    }),
  },
  { name: 'GET /flights', call: fixed({ path: '/flights?departureAirportCode=LGW' }) },
  {
    name: 'POST /payments/charges',
    call: async () => ({
      method: 'POST',
      path: '/payments/charges',
      body: { amount: 450, currency: 'USD', stripeToken: `tok-${randomUUID()}`, description: 'bench', email: 'a@b.c' },
    }),
  },
  { name: 'GET /loyalty', call: fixed({ path: '/loyalty' }) },
  {
    name: 'POST /graphql, a flight',
    call: fixed(graphQl('{ getFlight(id: "demo-london-dublin") { id ticketPrice } }')),
  },
  {
    name: 'POST /graphql, bookings with flights',
    call: fixed(
      graphQl('{ listBookings(limit: 25) { items { id status outboundFlight { id departureCity } } nextToken } }'),
    ),
  },
];

async function send(
  target: Target,
  token: string,
  { method = 'GET', path, body, status = 200 }: Call,
): Promise<unknown> {
  const response = await fetch(`${target.apiUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.status !== status) throw new Error(`${method} ${path} answers ${response.status}: ${text}`);
  return JSON.parse(text) as unknown;
}

/** Milliseconds of each route's calls, one after the other and warm, sorted. */
export async function routeLatencies(target: Target, calls: number): Promise<ReadonlyMap<string, readonly number[]>> {
  const issuer = await localIssuerOf(loadStack('cdktf.out/stacks/booking-saga-local/cdk.tf.json'));
  const token = (await issuer?.sign({ sub: customer })) ?? '';
  const latencies = new Map<string, readonly number[]>();
  for (const { name, call } of routes) {
    const times: number[] = [];
    for (let number = -10; number < calls; number++) {
      const prepared = await call(target, token);
      const started = performance.now();
      await send(target, token, prepared);
      // The first ones find a cold function.
      if (number >= 0) times.push(performance.now() - started);
    }
    latencies.set(
      name,
      times.sort((a, b) => a - b),
    );
  }
  return latencies;
}
