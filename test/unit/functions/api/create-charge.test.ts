import '#test/support/lambda-environment.ts';
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { chargeRoutes } from '#functions/api/rest/charge-routes.ts';
import { restHandler } from '#functions/api/rest/rest-handler.ts';
import { dynamoDbChargeLimit } from '#functions/payment/charge-limit.ts';
import { ledgerGateway } from '#functions/payment/ledger-gateway.ts';
import { chargeAuthorizer } from '#functions/payment/ledger-provider.ts';
import { InvalidChargeError, PaymentProviderError } from '#functions/payment/payment-errors.ts';
import { CreatedCharge } from '#schema/http/charges.ts';
import { keys } from '#schema/table.ts';
import { openBookingTable } from '#test/support/booking-table.ts';
import { aContext, outputOfEachTest } from '#test/support/lambda-invocation.ts';
import { openSuite } from '#test/support/open-suite.ts';

const table = openSuite(openBookingTable);
outputOfEachTest();

const aBody = (overrides: Record<string, unknown> = {}) => ({
  amount: 250,
  currency: 'USD',
  stripeToken: 'tok_visa',
  description: 'Payment by alice@example.com',
  email: 'alice@example.com',
  ...overrides,
});

async function post(
  body: unknown,
  { customer = 'alice', key = '', gateway = ledgerGateway(table.table), perMinute = 1_000 } = {},
) {
  // One minute for all of a test, whenever it runs.
  const limit = dynamoDbChargeLimit(table.table, perMinute, () => '2030-03-01T10:00:18.000Z');
  const handler = restHandler(chargeRoutes({ ...chargeAuthorizer(table.table), gateway }, limit));
  const event = {
    routeKey: 'POST /payments/charges',
    rawPath: '/payments/charges',
    headers: { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) },
    body: JSON.stringify(body),
    requestContext: { http: { method: 'POST' }, authorizer: { jwt: { claims: { sub: customer } } } },
  } as unknown as APIGatewayProxyEventV2;
  const { statusCode, body: answer, headers } = await handler(event, aContext());
  return {
    statusCode,
    type: headers?.['content-type'],
    retryAfter: headers?.['retry-after'],
    answer: JSON.parse(String(answer)),
  };
}
const entry = (id: string) => table.item(keys.charge(id));

describe('POST /payments/charges', () => {
  it('authorizes the airline front-end’s request, and answers in its format', async () => {
    const { statusCode, answer } = await post(aBody());
    expect(statusCode).toBe(200);
    expect(CreatedCharge.parse(answer)).toEqual(answer);
    expect(await entry(answer.createdCharge.id)).toMatchObject({
      charge_status: 'authorized',
      customer: 'alice',
      authorized_minor: 25_000,
      currency: 'USD',
    });
  });

  it.each([
    [250, 25_000],
    [19.99, 1_999],
    [0.07, 7],
    [1.1, 110],
    [999_999_999, 99_999_999_900],
  ])('takes %d units for %d hundredths', async (amount, minor) => {
    const { answer } = await post(aBody({ amount, currency: 'eur' }));
    expect(await entry(answer.createdCharge.id)).toMatchObject({ authorized_minor: minor, currency: 'EUR' });
  });

  it('makes a charge for every request, with an id that cannot be guessed', async () => {
    const ids = await Promise.all([post(aBody()), post(aBody()), post(aBody(), { key: '1' })]);
    const tokens = new Set(ids.map(({ answer }) => answer.createdCharge.id));
    expect(tokens.size).toBe(3);
    for (const token of tokens) expect(token).toMatch(/^ch_[\w-]{32}$/);
  });

  it('answers a repeated request with the same charge, and another customer’s with another', async () => {
    const key = randomUUID();
    const first = await post(aBody(), { key });
    expect(await post(aBody(), { key })).toEqual(first);
    expect((await post(aBody(), { key, customer: 'bob' })).answer).not.toEqual(first.answer);
  });

  it.each([
    { amount: 251 },
    { currency: 'EUR' },
    { stripeToken: 'tok_other' },
    { description: 'Something else' },
    { email: undefined },
  ])('refuses a key that was used for another charge: %j', async (other) => {
    const key = randomUUID();
    await post(aBody(), { key });
    expect(await post(aBody(other), { key })).toMatchObject({
      statusCode: 422,
      type: 'application/problem+json',
      answer: { field: 'Idempotency-Key' },
    });
  });

  it('answers 402 for a declined card', async () => {
    expect(await post(aBody({ stripeToken: 'tok_chargeDeclined' }))).toMatchObject({
      statusCode: 402,
      type: 'application/problem+json',
      answer: { title: 'Card declined', field: 'stripeToken', detail: 'The card was declined: use another card' },
    });
  });

  it.each([
    ['amount', aBody({ amount: undefined })],
    ['amount', aBody({ amount: 0 })],
    ['amount', aBody({ amount: -1 })],
    ['amount', aBody({ amount: 1.005 })],
    // Smaller than any remainder that the check for whole hundredths could see.
    ['amount', aBody({ amount: 5e-324 })],
    ['amount', aBody({ amount: 0.010000000000000002 })],
    ['amount', aBody({ amount: '250' })],
    ['currency', aBody({ currency: 'DOLLAR' })],
    ['stripeToken', aBody({ stripeToken: '' })],
    ['email', aBody({ email: 'x'.repeat(400) })],
    ['description', aBody({ description: 'half a character: \ud83d' })],
    ['stripeToken', aBody({ stripeToken: 'no queue takes \uffff' })],
  ])('names the field %s that is wrong', async (field, body) => {
    expect(await post(body)).toMatchObject({ statusCode: 400, answer: { field } });
  });

  it('names the field that the provider does not take', async () => {
    const refuse = () => Promise.reject(new InvalidChargeError('cardToken', 'is not taken'));
    const gateway = { ...ledgerGateway(table.table), authorize: refuse };
    expect(await post(aBody(), { gateway })).toMatchObject({
      statusCode: 422,
      answer: { field: 'stripeToken', detail: 'Field "stripeToken" is not taken' },
    });
  });

  it('hides the provider’s errors', async () => {
    const gateway = {
      ...ledgerGateway(table.table),
      authorize: () => Promise.reject(new PaymentProviderError('sk_1')),
    };
    const { statusCode, answer } = await post(aBody(), { gateway });
    expect(statusCode).toBe(500);
    expect(JSON.stringify(answer)).not.toContain('sk_1');
    expect(answer.requestId).toBeDefined();
  });

  describe('of one customer in a minute', () => {
    it('are admitted up to the limit, declined ones included, and then 429 with the seconds to wait', async () => {
      const options = { customer: randomUUID(), perMinute: 2 };
      expect((await post(aBody(), options)).statusCode).toBe(200);
      expect((await post(aBody({ stripeToken: 'tok_chargeDeclined' }), options)).statusCode).toBe(402);
      const { statusCode, type, retryAfter, answer } = await post(aBody(), options);

      expect([statusCode, type]).toEqual([429, 'application/problem+json']);
      expect(String(retryAfter)).toBe('42');
      expect(answer).toMatchObject({
        title: 'Too many charges',
        detail: expect.stringContaining('2 charges a minute'),
      });
    });

    it('do not include invalid requests, nor a repeated request, which gets its answer even above the limit', async () => {
      const options = { customer: randomUUID(), perMinute: 1 };
      expect((await post(aBody({ amount: -1 }), options)).statusCode).toBe(400);
      const first = await post(aBody(), { ...options, key: 'order-1' });
      expect(first.statusCode).toBe(200);
      expect((await post(aBody(), options)).statusCode).toBe(429);
      expect(await post(aBody(), { ...options, key: 'order-1' })).toEqual(first);
    });

    it('given one that was refused, when its key comes again in time, then it is made', async () => {
      const options = { customer: randomUUID(), perMinute: 1 };
      await post(aBody(), options);
      expect((await post(aBody(), { ...options, key: 'order-1' })).statusCode).toBe(429);
      const { statusCode, answer } = await post(aBody(), { ...options, perMinute: 2, key: 'order-1' });
      expect(statusCode).toBe(200);
      expect(await entry(answer.createdCharge.id)).toMatchObject({ charge_status: 'authorized' });
    });
  });
});
