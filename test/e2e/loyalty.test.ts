import { PublishCommand } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import { cancelRunInput } from '#schema/saga-input.ts';
import { bearer, type Customer, customerOf } from '#test/support/e2e/customers.ts';
import { inParallel } from '#test/support/e2e/in-parallel.ts';
import { earnedPoints, eventOf, loyaltyOf, loyaltyQueueDrained } from '#test/support/e2e/loyalty.ts';
import { aBookingRun, aFlight, authorizeRun, deadLettersOf, ended, startExecution } from '#test/support/e2e/saga.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { loadFor } from '#test/support/e2e/target-kind.ts';
import { until } from '#test/support/e2e/until.ts';
import { openSuite } from '#test/support/open-suite.ts';

type Run = ReturnType<typeof aBookingRun>;

const target = openSuite(openTarget);

const load = loadFor({
  embedded: { bookings: 50, cancellations: 20, failures: 2, atOnce: 25 },
  full: { bookings: 500, cancellations: 200, failures: 20, atOnce: 25 },
  others: { bookings: 10, cancellations: 4, failures: 2, atOnce: 2 },
});
const names = ['ann', 'ben', 'cleo', 'dan', 'eve'];
const amounts = ['450.00', '120.00', '99.99', '1000.00', '301.50', '77.00', '5.05'];

async function bookingRunOf(customer: Customer, flightId: string, index: number, runType = 'success'): Promise<Run> {
  const amount = amounts[index % amounts.length] ?? '';
  const run = aBookingRun({ customer: customer.sub, outbound_flight_id: flightId, amount, run_type: runType });
  await authorizeRun(target, run, Math.round(Number(amount) * 100));
  return run;
}

const book = async (run: Run) => (await ended(target, await startExecution(target, run.execution_id, run))).status;
const cancel = async (run: Run) =>
  (await ended(target, await startExecution(target, `${run.execution_id}.cancel`, cancelRunInput(run, 'customer'))))
    .status;

/** The same message once more, as SNS may deliver it: through the topic, or straight in the queue. */
async function deliverAgain(run: Run, status: 'CONFIRMED' | 'CANCELLED', index: number): Promise<void> {
  const message = JSON.stringify(eventOf(run, status));
  if (index % 2 === 0) {
    await target.sns.send(new PublishCommand({ TopicArn: target.bookingTopicArn, Message: message }));
  } else {
    await target.sqs.send(new SendMessageCommand({ QueueUrl: target.loyaltyQueueUrl, MessageBody: message }));
  }
}

const pointsOf = (runs: readonly Run[]): number => runs.reduce((sum, run) => sum + Math.floor(Number(run.amount)), 0);

describe('loyalty points', () => {
  it('given one booking, when it is confirmed and then cancelled, then its price is there and gone again', async () => {
    const customer = await customerOf(target, 'fay');
    const run = await bookingRunOf(customer, await aFlight(target, 1), 0);
    expect(await loyaltyOf(target, customer)).toMatchObject({ points: 0, level: 'bronze', remainingPoints: 50_000 });

    expect(await book(run)).toBe('SUCCEEDED');
    const booked = await until(async () => {
      const account = await loyaltyOf(target, customer);
      return account.points > 0 ? account : undefined;
    });
    expect(booked).toEqual({
      status: 200,
      customer: customer.sub,
      points: 450,
      level: 'bronze',
      remainingPoints: 49_550,
    });

    expect(await cancel(run)).toBe('SUCCEEDED');
    await until(async () => (await loyaltyOf(target, customer)).points === 0 || undefined);
  }, 300_000);

  /** Moves the trip's letter from the dead letters to the redrive queue, as an operator does. */
  async function tellAgain(run: Run): Promise<void> {
    const letters = await deadLettersOf(target, run.trip_id);
    expect(letters.map(({ kind }) => kind)).toEqual(['notification']);
    const MessageBody = JSON.stringify(letters[0]);
    await target.sqs.send(new SendMessageCommand({ QueueUrl: target.redriveQueueUrl, MessageBody }));
  }

  it('given a booking without its notification, when its dead letter is moved back, then it earns its price once', async () => {
    const customer = await customerOf(target, 'hope');
    const run = await bookingRunOf(customer, await aFlight(target, 1), 0, 'failNotification');
    expect(await book(run)).toBe('SUCCEEDED');
    await loyaltyQueueDrained(target);
    expect(await loyaltyOf(target, customer)).toMatchObject({ points: 0 });

    await tellAgain(run);
    await until(async () => (await loyaltyOf(target, customer)).points === 450 || undefined);
    await deliverAgain(run, 'CONFIRMED', 0);
    await loyaltyQueueDrained(target);
    expect(await loyaltyOf(target, customer)).toMatchObject({ points: 450 });
    expect(await deadLettersOf(target, run.trip_id)).toEqual([]);
  }, 120_000);

  it('given a booked trip that is cancelled and booked again, when all messages are delivered, then it earned once', async () => {
    const customer = await customerOf(target, 'gus');
    const flightId = await aFlight(target, 5);
    const first = await bookingRunOf(customer, flightId, 0);
    expect([await book(first), await cancel(first)]).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    const again = aBookingRun({
      ...first,
      execution_id: `${first.trip_id}.again`,
      payment_token: `again-${first.trip_id}`,
    });
    again.started_at = new Date().toISOString();
    await authorizeRun(target, again);
    expect(await book(again)).toBe('SUCCEEDED');
    await until(async () => (await loyaltyOf(target, customer)).points === 450 || undefined);
    await loyaltyQueueDrained(target);
    expect(await loyaltyOf(target, customer)).toMatchObject({ points: 450 });
  }, 300_000);

  it(`given ${load.bookings} bookings, ${load.cancellations} cancellations and messages delivered twice and out of order, when all is worked off, then points are the sum over the confirmed`, async () => {
    const customers = await Promise.all(names.map((name) => customerOf(target, name)));
    const customerFor = (index: number) => customers[index % customers.length] as Customer;
    const flightId = await aFlight(target, load.bookings + load.failures);
    const indexes = (count: number) => Array.from({ length: count }, (_, index) => index);
    const runs = await inParallel(indexes(load.bookings), load.atOnce, (index) =>
      bookingRunOf(customerFor(index), flightId, index),
    );
    const failing = await inParallel(indexes(load.failures), load.atOnce, (index) =>
      bookingRunOf(customerFor(index), flightId, index, 'failPayment'),
    );
    const cancelled = runs.slice(0, load.cancellations);

    // The cancellation is told before anything is booked: such a booking must not earn in the end.
    await inParallel([...cancelled.entries()].slice(0, load.cancellations / 4), load.atOnce, ([index, run]) =>
      deliverAgain(run, 'CANCELLED', index),
    );
    const outcomes = await inParallel([...runs.entries()], load.atOnce, async ([index, run]) => {
      const booked = await book(run);
      if (index % 3 === 0) await deliverAgain(run, 'CONFIRMED', index);
      if (index >= load.cancellations) return [booked];
      const undone = await cancel(run);
      await deliverAgain(run, index % 2 === 0 ? 'CONFIRMED' : 'CANCELLED', index >> 1);
      return [booked, undone];
    });
    expect(new Set(outcomes.flat())).toEqual(new Set(['SUCCEEDED']));
    expect(new Set(await inParallel(failing, load.atOnce, book))).toEqual(new Set(['FAILED']));
    await inParallel([...failing.entries()], load.atOnce, ([index, run]) => deliverAgain(run, 'CANCELLED', index));
    await loyaltyQueueDrained(target);

    const confirmed = runs.slice(load.cancellations);
    for (const customer of customers) {
      const expected = pointsOf(confirmed.filter((run) => run.customer === customer.sub));
      expect(expected).toBeGreaterThan(0);
      expect(await loyaltyOf(target, customer)).toMatchObject({ status: 200, points: expected });
      expect(await earnedPoints(target, customer.sub)).toBe(expected);
    }
    const { Messages = [] } = await target.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: target.loyaltyDeadLetterQueueUrl }),
    );
    expect(Messages).toEqual([]);
  }, 600_000);
});

describe('GET /loyalty', () => {
  const ask = async (query: string, headers: Record<string, string> = {}) =>
    (await fetch(`${target.apiUrl}/loyalty${query}`, { headers })).status;

  it('given no token, when asked, then it is refused', async () => {
    expect(await ask('')).toBe(401);
  });

  it('given another customer’s name, when asked, then only an Admin is answered', async () => {
    const [hal, ida] = [await customerOf(target, 'hal'), await customerOf(target, 'ida')];
    const admin = await customerOf(target, 'root', { admin: true });
    const query = `?customer=${encodeURIComponent(ida.sub)}`;
    expect(await ask(query, bearer(hal))).toBe(403);
    expect(await ask(query, bearer(ida))).toBe(200);
    expect(await ask(query, bearer(admin))).toBe(200);
  });
});
