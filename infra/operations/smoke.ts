/**
 * What a deployed stage has to be able to do, asked as its customers would: open documents and closed doors on every stage;
 * with a customer's token also a holiday booked, seen confirmed, cancelled and seen cancelled, which leaves nothing behind
 * but the cancelled booking.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { demoPrice, demoSections } from '#functions/trip/demo-trip.ts';
import { demoCardToken, demoFlightId } from '#schema/demo-request.ts';

export interface SmokeOptions {
  readonly apiUrl: string;
  /** A customer's; without, nothing is booked. */
  readonly token?: string | undefined;
  readonly print?: (line: string) => void;
  /** How long a booking and its cancellation may take, two minutes each by default. */
  readonly patienceMs?: { readonly booking?: number; readonly cancellation?: number };
  readonly pollMs?: number;
  readonly request?: typeof fetch;
}

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** @throws Error naming the first step that did not go as it should, and what was answered */
export async function smoke(options: SmokeOptions): Promise<void> {
  const { print = () => undefined, token } = options;
  const step = async (what: string, run: () => Promise<unknown>): Promise<void> => {
    try {
      await run();
    } catch (error) {
      throw new Error(`${what}: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
    print(`ok  ${what}`);
  };

  await step('GET /health answers', async () => expectStatus(await ask(options, 'GET', '/health'), 200));
  await step('GET /openapi.json is served', async () => {
    const { body } = expectStatus(await ask(options, 'GET', '/openapi.json'), 200);
    if (typeof body.openapi !== 'string') {
      throw new Error(`it is no OpenAPI document: ${JSON.stringify(body).slice(0, 500)}`);
    }
  });
  await step('GET /bookings asks for a token', async () => {
    expectStatus(await ask({ ...options, token: undefined }, 'GET', '/bookings'), 401);
  });
  if (token === undefined) return;

  const id = `smoke-${randomUUID()}`;
  let paymentToken = '';
  await step('POST /payments/charges authorizes a card', async () => {
    const charge = { amount: Number(demoPrice.amount), currency: demoPrice.currency, stripeToken: demoCardToken };
    const { body } = expectStatus(await ask(options, 'POST', '/payments/charges', charge), 200);
    paymentToken = String((body.createdCharge as { id?: unknown } | undefined)?.id ?? '');
  });
  await step('POST /bookings takes a holiday', async () => {
    expectStatus(await ask(options, 'POST', '/bookings', aHoliday(id, paymentToken)), 202);
  });
  await step('the holiday is confirmed', () => until(options, id, 'CONFIRMED', options.patienceMs?.booking));
  await step('DELETE /bookings/{id} takes its cancellation', async () => {
    expectStatus(await ask(options, 'DELETE', `/bookings/${id}`), 202);
  });
  await step('the holiday is cancelled', () => until(options, id, 'CANCELLED', options.patienceMs?.cancellation));
}

/** The example's trip, so that its flight is there and its price is known; no cancel of it fails by chance. */
function aHoliday(id: string, paymentToken: string): object {
  return {
    id,
    outboundFlightId: demoFlightId,
    paymentToken,
    ...demoSections,
    cancelFailureRate: 0,
  };
}

async function until(options: SmokeOptions, id: string, wanted: string, patienceMs = 120_000): Promise<void> {
  const { pollMs = 1_000 } = options;
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const { body } = expectStatus(await ask(options, 'GET', `/bookings/${id}`), 200);
    if (body.status === wanted) return;
    // An ended booking does not change any more.
    const over = wanted === 'CONFIRMED' && body.status === 'CANCELLED';
    if (over || Date.now() > deadline) {
      throw new Error(`booking ${id} is ${body.status}${over ? '' : ` after ${patienceMs / 1000} s`}, not ${wanted}`);
    }
    await sleep(pollMs);
  }
}

async function ask(
  { apiUrl, token, request = fetch }: SmokeOptions,
  method: string,
  path: string,
  body?: object,
): Promise<Answer> {
  const response = await request(`${apiUrl.replace(/\/$/, '')}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  try {
    return { status: response.status, body: JSON.parse(text) };
  } catch {
    return { status: response.status, body: { text } };
  }
}

function expectStatus(answer: Answer, wanted: number): Answer {
  if (answer.status === wanted) return answer;
  throw new Error(`${answer.status} instead of ${wanted}: ${JSON.stringify(answer.body).slice(0, 500)}`);
}
