import { describe, expect, it } from '@jest/globals';
import { demoPrice } from '#functions/trip/demo-trip.ts';
import { smoke } from '#infra/operations/smoke.ts';

interface Asked {
  readonly route: string;
  readonly token: string | null;
  readonly body: Record<string, unknown> | undefined;
}

type Reply = readonly [status: number, body: unknown];

/** A stage whose bookings go through the statuses, one for each time that they are read; `replies` take the place of its own. */
function aStage(statuses: readonly string[], replies: Readonly<Record<string, Reply>> = {}) {
  const asked: Asked[] = [];
  const left = [...statuses];
  const own = (route: string, token: string | null): Reply => {
    if (route === 'GET /health') return [200, { status: 'ok' }];
    if (route === 'GET /openapi.json') return [200, { openapi: '3.1.0' }];
    if (token === null) return [401, { message: 'Unauthorized' }];
    if (route === 'POST /payments/charges') return [200, { createdCharge: { id: 'ch_1' } }];
    if (route.startsWith('GET /bookings/')) return [200, { status: left.length > 1 ? left.shift() : left[0] }];
    return [202, {}];
  };
  const request = async (url: unknown, { method, headers, body }: RequestInit = {}): Promise<Response> => {
    const route = `${method} ${String(url).replace('https://stage.example', '')}`;
    const sent = new Headers(headers);
    const token = sent.get('authorization');
    expect(sent.has('content-type')).toBe(body !== undefined);
    asked.push({ route, token, body: body === undefined ? undefined : JSON.parse(String(body)) });
    const [status, answer] = replies[route] ?? own(route, token);
    return new Response(typeof answer === 'string' ? answer : JSON.stringify(answer), { status });
  };
  const run = (more: Partial<Parameters<typeof smoke>[0]> = {}) =>
    smoke({ apiUrl: 'https://stage.example/', token: 'token', pollMs: 0, request: request as typeof fetch, ...more });
  return { asked, run };
}

const works = ['ACCEPTED', 'CONFIRMED', 'CANCELLING', 'CANCELLED'];

describe('the smoke test of a stage', () => {
  it('given a stage that works, when it is tried, then the booking that is made is read and cancelled by its customer', async () => {
    const { asked, run } = aStage(works);
    const lines: string[] = [];
    await run({ print: (line) => void lines.push(line) });

    const [, , , charge, booking, ...rest] = asked;
    const id = String(booking?.body?.id);
    expect(lines).toHaveLength(8);
    expect(charge?.body).toMatchObject({ amount: Number(demoPrice.amount), currency: demoPrice.currency });
    expect(booking?.body).toMatchObject({ paymentToken: 'ch_1', cancelFailureRate: 0 });
    expect(id).toMatch(/^smoke-/);
    const read = `GET /bookings/${id}`;
    expect(rest.map(({ route }) => route)).toEqual([read, read, `DELETE /bookings/${id}`, read, read]);
    expect(rest.every(({ token }) => token === 'Bearer token')).toBe(true);
  });

  it('given no token, when it is tried, then nothing is booked and nothing has to be printed', async () => {
    const { asked, run } = aStage([]);
    await run({ token: undefined });

    expect(asked.map(({ route }) => route)).toEqual(['GET /health', 'GET /openapi.json', 'GET /bookings']);
  });

  it('given a list of bookings that is open to all, when the stage is tried, then the step is named', async () => {
    const { run } = aStage(works, { 'GET /bookings': [200, { items: [] }] });

    await expect(run()).rejects.toThrow('GET /bookings asks for a token: 200 instead of 401: {"items":[]}');
  });

  it.each([
    ['no JSON', 'GET /health', [502, '<html>'], 'GET /health answers: 502 instead of 200: {"text":"<html>"}'],
    [
      'no OpenAPI document',
      'GET /openapi.json',
      [200, { swagger: '2.0' }],
      'GET /openapi.json is served: it is no OpenAPI document: {"swagger":"2.0"}',
    ],
    [
      'a refusal',
      'POST /payments/charges',
      [429, {}],
      'POST /payments/charges authorizes a card: 429 instead of 200: {}',
    ],
  ] as const)(
    'given %s in answer to %s, when it is tried, then the step is named',
    async (_, route, reply, message) => {
      await expect(aStage(works, { [route]: reply }).run()).rejects.toThrow(message);
    },
  );

  it('given a charge without an id, when it is tried, then the booking is asked for without one', async () => {
    const { asked, run } = aStage(works, { 'POST /payments/charges': [200, {}] });
    await run();

    expect(asked[4]?.body).toMatchObject({ paymentToken: '' });
  });

  it('given a booking that is cancelled in place of confirmed, when it is tried, then it does not wait for more', async () => {
    await expect(aStage(['CANCELLED']).run()).rejects.toThrow(
      /^the holiday is confirmed: booking smoke-\S+ is CANCELLED, not CONFIRMED$/,
    );
  });

  it.each([
    ['booking', ['ACCEPTED'], /^the holiday is confirmed: booking smoke-\S+ is ACCEPTED after -1 s, not CONFIRMED$/],
    [
      'cancellation',
      ['CONFIRMED'],
      /^the holiday is cancelled: booking smoke-\S+ is CONFIRMED after -1 s, not CANCELLED$/,
    ],
  ])(
    'given a %s that takes too long, when it is tried, then it says how the booking stands',
    async (what, statuses, message) => {
      await expect(aStage(statuses).run({ patienceMs: { [what]: -1_000 } })).rejects.toThrow(message);
    },
  );

  it('given a stage that cannot be reached, when it is tried, then the step and the reason are told, of whatever kind', async () => {
    const failing = (reason: unknown) => aStage([]).run({ request: () => Promise.reject(reason) });

    await expect(failing(new Error('fetch failed'))).rejects.toThrow('GET /health answers: fetch failed');
    await expect(failing('gone')).rejects.toThrow('GET /health answers: gone');
  });
});
