import { randomUUID } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, expect, it } from '@jest/globals';
import { type ApiAnswer, aCatalogFlight, api, bookingAt, postBooking } from '#test/support/e2e/api.ts';
import { type Customer, customerOf } from '#test/support/e2e/customers.ts';
import { inParallel } from '#test/support/e2e/in-parallel.ts';
import { authorizeCharge, chargeOf, headerOf, type Item, seatsOf } from '#test/support/e2e/saga.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { loadFor } from '#test/support/e2e/target-kind.ts';
import { until } from '#test/support/e2e/until.ts';
import { openSuite } from '#test/support/open-suite.ts';

const target = openSuite(openTarget);
let customer: Customer;
beforeAll(async () => {
  customer = await customerOf(target, 'alice');
});

const load = loadFor({
  embedded: { bookings: 100, concurrency: 100, cancellations: 20 },
  full: { bookings: 1000, concurrency: 1000, cancellations: 200 },
  // An emulator that starts a process for every step in flight lets steps time out beyond that, and bookings are undone.
  others: { bookings: 8, concurrency: 2, cancellations: 3 },
});
const copies = 3;
/** An airliner's seats and more: the holds of one flight stand in one item. */
const seatsOfFlight = 250;
const ticketPrice = 150;
/** Every tenth booking has a charge that covers less than it costs. */
const isDeclined = (number: number): boolean => number % 10 === 0;

interface Wanted {
  readonly key: string;
  readonly request: Item & { paymentToken: string; outboundFlightId: string };
  readonly declined: boolean;
}

async function wantedBookings(): Promise<Wanted[]> {
  const flights = await Promise.all(
    Array.from({ length: Math.ceil(load.bookings / seatsOfFlight) }, () =>
      aCatalogFlight(target, seatsOfFlight, { ticketPrice }),
    ),
  );
  const numbers = Array.from({ length: load.bookings }, (_, number) => number);
  return inParallel(numbers, 50, async (number) => {
    const paymentToken = `token-${randomUUID()}`;
    const declined = isDeclined(number);
    await authorizeCharge(target, paymentToken, customer.sub, declined ? 1 : ticketPrice * 100);
    const outboundFlightId = flights[number % flights.length] ?? '';
    return { key: randomUUID(), request: { paymentToken, outboundFlightId }, declined };
  });
}

/** As a client does: a gateway that is busy says so, and with the key it is safe to send the same once more. */
function posted({ request, key }: Wanted): Promise<ApiAnswer> {
  return until(async () => {
    const answer = await postBooking(target, customer, request, key);
    return [429, 503].includes(answer.status) ? undefined : answer;
  });
}

/** All headers of this customer: only this test books under that name. */
async function headersOf({ sub }: Customer): Promise<Item[]> {
  const headers: Item[] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const page = await target.dynamodb.send(
      new ScanCommand({
        TableName: target.tableName,
        FilterExpression: 'sk = :header AND customer = :customer',
        ExpressionAttributeValues: { ':header': 'BOOKING', ':customer': sub },
        ConsistentRead: true,
        ExclusiveStartKey,
      }),
    );
    headers.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return headers;
}

/** The captured and refunded amounts of these tokens, in cents. */
async function moneyOf(wanted: readonly Wanted[]) {
  const charges = await inParallel(wanted, 50, ({ request }) => chargeOf(target, request.paymentToken));
  const sum = (field: string): number => charges.reduce((total, charge) => total + Number(charge[field] ?? 0), 0);
  return {
    captured: sum('captured_minor'),
    refunded: sum('refunded_minor'),
    captures: charges.filter((charge) => Number(charge.captured_minor) > 0).length,
    refunds: charges.filter((charge) => Number(charge.refunded_minor) > 0).length,
  };
}

async function seatsTaken(wanted: readonly Wanted[]): Promise<number> {
  const flights = [...new Set(wanted.map(({ request }) => request.outboundFlightId))];
  const seats = await Promise.all(flights.map((flightId) => seatsOf(target, flightId)));
  return seats.reduce((total, { capacity }) => total + seatsOfFlight - capacity, 0);
}

it(`given ${load.bookings} bookings at once, each sent ${copies} times with its key, then each is made once and the money balances`, async () => {
  const wanted = await wantedBookings();
  const sent = wanted.flatMap((one) => Array.from({ length: copies }, () => one));

  const answers = await inParallel(
    sent,
    load.concurrency,
    async (one): Promise<[Wanted, ApiAnswer]> => [one, await posted(one)],
  );

  const textsByKey = new Map<string, Set<string>>();
  for (const [{ key }, { status, text }] of answers) {
    expect(status).toBe(202);
    textsByKey.set(key, (textsByKey.get(key) ?? new Set()).add(text));
  }
  expect([...textsByKey.values()].filter((texts) => texts.size !== 1)).toEqual([]);

  const idOf = new Map(answers.map(([{ key }, { body }]) => [key, String(body.id)]));
  expect(new Set(idOf.values()).size).toBe(load.bookings);
  const bookingOf = ({ key }: Wanted): string => idOf.get(key) ?? '';
  await inParallel(wanted, 20, (one) =>
    bookingAt(target, customer, bookingOf(one), one.declined ? 'CANCELLED' : 'CONFIRMED'),
  );
  const confirmed = wanted.filter(({ declined }) => !declined);
  expect(await headersOf(customer)).toHaveLength(load.bookings);
  expect(await seatsTaken(wanted)).toBe(confirmed.length);
  expect(await moneyOf(wanted)).toEqual({
    captured: confirmed.length * ticketPrice * 100,
    captures: confirmed.length,
    refunded: 0,
    refunds: 0,
  });

  const cancelled = confirmed.slice(0, load.cancellations);
  await inParallel([...cancelled, ...cancelled], load.concurrency, async (one) => {
    const { status } = await api(target, customer, `/bookings/${bookingOf(one)}`, { method: 'DELETE' });
    expect(status).toBe(202);
  });
  await inParallel(cancelled, 20, (one) => bookingAt(target, customer, bookingOf(one), 'CANCELLED'));

  expect(await seatsTaken(wanted)).toBe(confirmed.length - cancelled.length);
  expect(await moneyOf(wanted)).toEqual({
    captured: confirmed.length * ticketPrice * 100,
    captures: confirmed.length,
    refunded: cancelled.length * ticketPrice * 100,
    refunds: cancelled.length,
  });
  expect(await moneyOf(wanted.filter(({ declined }) => declined))).toMatchObject({ captured: 0, refunded: 0 });
  expect(await headerOf(target, bookingOf(wanted[1] as Wanted))).toMatchObject({ status: 'CANCELLED' });
}, 600_000);
