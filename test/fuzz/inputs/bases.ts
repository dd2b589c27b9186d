import { demoSections } from '#functions/trip/demo-trip.ts';
import { parsePlan } from '#test/simulation/plans/plan.ts';
import { runPlan, type Service } from '#test/simulation/run-plan.ts';
import type { Handler } from '#test/simulation/world/functions.ts';
import { functionPrefix, stack } from '#test/simulation/world/stack.ts';
import { customer, flightId } from '#test/simulation/world/trips.ts';

/** A right input of a function. */
export interface Base {
  readonly name: string;
  readonly functionName: string;
  readonly event: object;
}

/** Between them they give every step an input, and the redrive function a message of every kind. */
const plans = [
  'book,cancel',
  'book TakePayment=fail RefundPayment=fail',
  'book NotifyBookingConfirmed=fail',
  'book run=stop@TakePayment a.rr-1/run=stop@RefundPayment',
  'book,reconcile,audit',
];

/** Inputs that the functions get while plans run: steps, queues, scheduled rules. Different kinds of messages are different bases. */
export async function recordedBases(service: Service): Promise<Base[]> {
  const bases = new Map<string, Base>();
  const handlers = new Map(
    [...service.handlers].map(([functionName, handler]): [string, Handler] => [
      functionName,
      (event, context) => {
        const name = nameOf(functionName, event);
        if (!bases.has(name)) bases.set(name, { name, functionName, event: structuredClone(event) as object });
        return handler(event, context);
      },
    ]),
  );
  for (const plan of plans) await runPlan(parsePlan(plan), { ...service, handlers });
  return [...bases.values()].filter(({ event }) => !('routeKey' in event));
}

/** Of a queue's message with its kind, of an event with its status. */
function nameOf(functionName: string, event: unknown): string {
  const [record] = (event as { Records?: { body: string }[] }).Records ?? [];
  if (record === undefined)
    return `${functionName}${(event as { action?: string }).action === 'cancel' ? ' (undoing)' : ''}`;
  const { kind, status, detail } = JSON.parse(record.body) as Record<string, string> & { detail?: { status: string } };
  return `${functionName} (${kind ?? status ?? `event ${detail?.status}`})`;
}

interface Asked {
  readonly path?: string;
  readonly id?: string;
  readonly query?: Record<string, string>;
  readonly body?: object;
}

const charge = { amount: 450, currency: 'USD', stripeToken: 'tok_visa', description: 'a holiday', email: 'a@b.c' };
const booking = { id: 'new-trip', outboundFlightId: flightId, paymentToken: 'token-of-request', ...demoSections };
const graphql = {
  query: 'mutation ($input: CreateBookingInput!) { processBooking(input: $input) { id status } }',
  variables: {
    input: { clientMutationId: 'one', paymentToken: 'token-of-request', bookingOutboundFlightId: flightId },
  },
  operationName: null,
};

/** A right request of each route. */
const requests: Readonly<Record<string, Asked>> = {
  'POST /bookings': { body: booking },
  'GET /bookings': { query: { status: 'CONFIRMED', limit: '5' } },
  'GET /bookings/{id}': { id: 'trip' },
  'GET /bookings/{id}/history': { id: 'trip' },
  'DELETE /bookings/{id}': { id: 'trip' },
  'POST /payments/charges': { body: charge },
  'GET /flights': { query: { departureAirportCode: 'LGW', limit: '5' } },
  'GET /loyalty': { query: {} },
  'GET /health': {},
  'GET /openapi.json': {},
  'POST /graphql': { body: graphql },
  $default: { path: '/', query: { runType: 'success', tripID: 'demo-trip', cancelFailureRate: '0.4' } },
};

/** A base for each route of the stack. @throws where one has none, so that a new route cannot be forgotten */
export function routeBases(): Base[] {
  return (
    stack
      .resources('aws_apigatewayv2_route')
      .map(({ attributes }) => ({ route: String(attributes.route_key), target: String(attributes.target) }))
      // HEAD is GET without a body, and ANY says what a path does not take.
      .filter(({ route }) => !/^(HEAD|ANY) /.test(route))
      .map(({ route, target }) => {
        const asked = requests[route];
        if (asked === undefined) throw new Error(`test/fuzz/inputs/bases.ts has no request for the route ${route}`);
        return { name: route, functionName: functionOf(target), event: eventOf(route, asked) };
      })
  );
}

/** Routes name their integration, which names the function. */
function functionOf(target: string): string {
  const integration = stack
    .resources('aws_apigatewayv2_integration')
    .find(({ attributes }) => target.endsWith(`/${attributes.id}`));
  const arn = String(integration?.attributes.integration_uri);
  return (
    arn
      .split(functionPrefix)
      .at(-1)
      ?.replace(/[:/].*$/, '') ?? ''
  );
}

function eventOf(route: string, { id, query, body, path }: Asked): object {
  const [method = 'GET', template = '/'] = route === '$default' ? ['GET', '/'] : route.split(' ');
  const rawPath = path ?? template.replace('{id}', id ?? '');
  return {
    version: '2.0',
    routeKey: route,
    rawPath,
    rawQueryString: new URLSearchParams(query ?? {}).toString(),
    headers: {
      'content-type': 'application/json',
      'idempotency-key': 'key-1',
      host: 'api.example',
      'user-agent': 'fuzz',
    },
    ...(query !== undefined && { queryStringParameters: query }),
    ...(id !== undefined && { pathParameters: { id } }),
    ...(body !== undefined && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
    requestContext: {
      requestId: 'request',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'fuzz' },
      authorizer: { jwt: { claims: { sub: customer } } },
    },
  };
}
