import '#test/support/lambda-environment.ts';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { creditLoyalty, type EarningBooking, pointsFor } from '#functions/loyalty/loyalty.ts';
import { creditBatch } from '#functions/loyalty/loyalty-batch.ts';
import { DocumentClient } from '#functions/shared/aws/document-client.ts';
import type { BookingEvent } from '#schema/booking-event.ts';
import { aContext, outputOfEachTest } from '#test/support/lambda-invocation.ts';

const { handler } = await import('#functions/loyalty/credit-loyalty.ts');

const anEvent = (overrides: Partial<BookingEvent> = {}): BookingEvent => ({
  bookingId: 't1',
  customer: 'alice',
  bookingReference: 'ABC234',
  status: 'CONFIRMED',
  price: 450,
  currency: 'USD',
  ...overrides,
});
const aRecord = (messageId: string, body: unknown): SQSRecord =>
  ({ messageId, body: typeof body === 'string' ? body : JSON.stringify(body) }) as SQSRecord;

/** A book that notes its calls; those for a booking of `failing` are refused. */
function aBook(failing: readonly string[] = []) {
  const calls: string[] = [];
  const counted: [string, number][] = [];
  let running = 0;
  const called = async (call: string, { customer, bookingId }: EarningBooking): Promise<void> => {
    calls.push(`${call} ${customer} ${bookingId}`);
    running++;
    await new Promise(setImmediate);
    calls.push(`done ${customer} ${bookingId}${running > 1 ? ' beside another' : ''}`);
    running--;
    if (failing.includes(bookingId)) throw new Error('table down');
  };
  return {
    calls,
    counted,
    deps: {
      book: {
        earn: (booking: EarningBooking, points: number) => called(`earn ${points}`, booking).then(() => points),
        takeBack: (booking: EarningBooking) => called('take back', booking).then(() => 450),
      },
      count: (metric: string, value: number) => void counted.push([metric, value]),
      failed: () => undefined,
    },
  };
}

describe('creditLoyalty', () => {
  it('earns the price of a confirmed booking and counts the points', async () => {
    const { deps, calls, counted } = aBook();
    await creditLoyalty(anEvent(), deps);
    expect(calls[0]).toBe('earn 450 alice t1');
    expect(counted).toEqual([['LoyaltyPointsEarned', 450]]);
  });

  it('counts nothing where the booking has earned or was taken back already', async () => {
    const { deps, counted } = aBook();
    const book = { earn: async () => 0, takeBack: async () => 0 };
    await creditLoyalty(anEvent(), { ...deps, book });
    await creditLoyalty(anEvent({ status: 'CANCELLED' }), { ...deps, book });
    expect(counted).toEqual([]);
  });

  it('takes a cancelled one back and counts the points', async () => {
    const { deps, calls, counted } = aBook();
    await creditLoyalty(anEvent({ status: 'CANCELLED' }), deps);
    expect(calls[0]).toBe('take back alice t1');
    expect(counted).toEqual([['LoyaltyPointsTakenBack', 450]]);
  });

  it.each([
    [450, 450],
    [450.99, 450],
    [0.5, 0],
    [1.1 * 100, 110],
  ])('gives whole points: a price of %d earns %d', (price, points) => {
    expect(pointsFor(price)).toBe(points);
  });
});

describe('a batch', () => {
  it('fails message by message', async () => {
    const { deps } = aBook(['t2']);
    const records = ['t1', 't2', 't3'].map((bookingId) => aRecord(`m-${bookingId}`, anEvent({ bookingId })));
    await expect(creditBatch(records, deps)).resolves.toEqual([{ itemIdentifier: 'm-t2' }]);
  });

  it.each([
    ['no JSON', 'hello'],
    ['no object', 'null'],
    ['no booking', { ...anEvent(), bookingId: undefined }],
    ['a negative price', anEvent({ price: -1 })],
    ['another status', { ...anEvent(), status: 'PENDING' }],
  ])('fails a message that is %s and nothing else', async (_, body) => {
    const { deps, calls } = aBook();
    const records = [aRecord('bad', body), aRecord('good', anEvent())];
    await expect(creditBatch(records, deps)).resolves.toEqual([{ itemIdentifier: 'bad' }]);
    expect(calls).toContain('earn 450 alice t1');
  });

  it.each([
    [undefined, 'is missing'],
    [7, 'must be a string'],
  ])('given a message whose bookingId is %p, then says that it %s', async (bookingId, problem) => {
    const { deps } = aBook();
    const reasons: string[] = [];
    await creditBatch([aRecord('bad', { ...anEvent(), bookingId })], {
      ...deps,
      failed: (_, { message }) => void reasons.push(message),
    });
    expect(reasons).toEqual([`Not a booking event: field "bookingId" ${problem}`]);
  });

  it('writes one customer’s messages one after the other in their order, customers side by side', async () => {
    const { deps, calls } = aBook();
    const events = [
      anEvent(),
      anEvent({ status: 'CANCELLED' }),
      anEvent({ customer: 'bob', bookingId: 't9' }),
      anEvent({ bookingId: 't2' }),
    ];
    await creditBatch(
      events.map((event, index) => aRecord(`m${index}`, event)),
      deps,
    );
    const ofAlice = calls.filter((call) => call.includes('alice'));
    expect(ofAlice.map((call) => call.replace(' beside another', ''))).toEqual([
      'earn 450 alice t1',
      'done alice t1',
      'take back alice t1',
      'done alice t1',
      'earn 450 alice t2',
      'done alice t2',
    ]);
    expect(calls.some((call) => call.endsWith('beside another'))).toBe(true);
  });
});

describe('the function of the loyalty queue', () => {
  const output = outputOfEachTest();
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('answers which messages failed, logs why, and sends its metrics', async () => {
    jest.spyOn(DocumentClient.prototype, 'send').mockImplementation(async () => ({}));
    const event = { Records: [aRecord('m1', anEvent()), aRecord('m2', { ...anEvent(), customer: '' })] } as SQSEvent;
    await expect(handler(event, aContext())).resolves.toEqual({ batchItemFailures: [{ itemIdentifier: 'm2' }] });
    expect(output.metricNames()).toContain('LoyaltyPointsEarned');
    expect(output.logs()).toEqual([
      expect.objectContaining({
        level: 'ERROR',
        messageId: 'm2',
        error: expect.objectContaining({
          message: 'Not a booking event: field "customer" must have at least 1 character',
        }),
      }),
    ]);
  });
});
