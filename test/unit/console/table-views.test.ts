import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { keys } from '#schema/table.ts';
import { dataRoutes } from '../../../localstack/console/server/data/index.ts';
import type { AwsCall, Json } from '../../../localstack/console/server/source.ts';

type Item = Readonly<Record<string, unknown>>;

/** Answers a table that has these items, in pages of two. */
function tableOf(items: readonly Item[]): AwsCall {
  const image = (item: Item) => marshall(item, { convertClassInstanceToMap: true });
  const found = (key: Json): Item | undefined => {
    const { pk, sk } = key as Readonly<Record<'pk' | 'sk', { readonly S: string }>>;
    return items.find((item) => item.pk === pk.S && item.sk === sk.S);
  };
  return async (_, operation, input) => {
    if (operation === 'GetItem') {
      const item = found(input.Key as Json);
      return item === undefined ? {} : { Item: image(item) };
    }
    if (operation === 'BatchGetItem') {
      const [[name, { Keys }] = ['', { Keys: [] }]] = Object.entries(
        input.RequestItems as Readonly<Record<string, { readonly Keys: readonly Json[] }>>,
      );
      return {
        Responses: {
          [name]: Keys.map(found)
            .filter((item) => item !== undefined)
            .map(image),
        },
        UnprocessedKeys: {},
      };
    }
    const values = Object.values((input.ExpressionAttributeValues ?? {}) as Readonly<Record<string, { S: string }>>);
    const of = items.filter((item) =>
      input.IndexName === 'ByDepartureSchedule'
        ? String(item.pk).startsWith('FLIGHT#')
        : values.length === 0
          ? item.sk === 'BOOKING'
          : item.pk === values[0]?.S || (input.IndexName !== undefined && item.customer === values[0]?.S),
    );
    const start = Number((input.ExclusiveStartKey as { at?: number } | undefined)?.at ?? 0);
    const page = of.slice(start, start + 2);
    return {
      Items: page.map(image),
      ...(start + 2 < of.length && { LastEvaluatedKey: { at: start + 2 } }),
    };
  };
}

const header = (trip: string, status: string, more: Item = {}): Item => ({
  ...keys.booking(trip),
  id: trip,
  status,
  customer: 'ann',
  outboundFlightId: 'f1',
  execution_id: `${trip}.run`,
  paymentToken: `ch_${trip}`,
  updatedAt: `2026-01-01T00:00:0${trip.at(-1)}.000Z`,
  ...more,
});

const items: readonly Item[] = [
  header('t1', 'CONFIRMED', { run: { hotel: 'inn' } }),
  header('t2', 'UNCONFIRMED'),
  header('t3', 'CANCELLED'),
  { ...keys.leg('hotel', 't1', '7'), type: 'Hotel', transaction_status: 'confirmed' },
  {
    ...keys.flightInventory('f1'),
    id: 'f1',
    departureAirportCode: 'LGW',
    arrivalAirportCode: 'DUB',
    departureDate: '2026-07-10T06:00:00.000Z',
    ticketPrice: 150,
    ticketCurrency: 'USD',
    seatCapacity: 7,
    seatHolds: new Set(['t1.run', 't2.run', 't3.run', 't1.other']),
  },
  {
    ...keys.charge('ch_t1'),
    customer: 'ann',
    charge_status: 'captured',
    authorized_minor: 45000,
    captured_minor: 45000,
    refunded_minor: 0,
    currency: 'USD',
  },
  { ...keys.loyaltyAccount('ann'), points: 450 },
  { ...keys.loyaltyRecord('ann', 't1', 'REF1'), points: 450, points_status: 'earned' },
];

const routes = dataRoutes({ call: tableOf(items), tableName: 'bookings' });
const ask = (route: string, ...parts: string[]): Promise<unknown> => {
  const answer = routes[route];
  if (answer === undefined) throw new Error(`no route ${route}`);
  return answer(parts);
};

describe('the data views', () => {
  it('list bookings over all pages, the newest change first, and name the access pattern', async () => {
    expect(await ask('GET /data/trips')).toMatchObject({
      patterns: [{ id: 'AP14', how: 'Scan ByCustomerStatus' }],
      data: [{ trip: 't3' }, { trip: 't2' }, { trip: 't1', status: 'CONFIRMED', customer: 'ann', flight: 'f1' }],
    });
  });

  it('show a trip with its header first, and nested fields by themselves', async () => {
    expect(await ask('GET /data/trips/:', 't1')).toMatchObject({
      patterns: [{ id: 'AP2' }],
      data: {
        items: [
          { sk: 'BOOKING', type: 'Booking', status: 'CONFIRMED', attributes: { 'run.hotel': 'inn' } },
          { sk: 'HOTEL#7', type: 'Hotel', status: 'confirmed' },
        ],
      },
    });
  });

  it('tell of each seat whether it is sold, held, or left over by a run that has no live booking', async () => {
    const { data } = (await ask('GET /data/flights/:', 'f1')) as { data: { seats: unknown[]; free: number } };
    expect(data).toMatchObject({ free: 7, taken: 4, route: 'LGW → DUB', price: '150 USD' });
    expect(data.seats).toEqual([
      { state: 'lost', executionId: 't1.other', trip: 't1', customer: undefined },
      { state: 'sold', executionId: 't1.run', trip: 't1', customer: 'ann' },
      { state: 'held', executionId: 't2.run', trip: 't2', customer: 'ann' },
      { state: 'lost', executionId: 't3.run', trip: 't3', customer: undefined },
    ]);
  });

  it('answer 404 for a flight that is not there', async () => {
    expect(await ask('GET /data/flights/:', 'f2')).toMatchObject({ status: 404 });
  });

  it("show a customer's points with where they come from", async () => {
    expect(await ask('GET /data/customers/:', 'ann')).toMatchObject({
      data: { points: 450, entries: [{ trip: 't1', reference: 'REF1', points: 450, status: 'earned' }] },
    });
    expect(await ask('GET /data/customers')).toMatchObject({
      data: [{ customer: 'ann', bookings: 3, confirmed: 1, points: 450 }],
    });
  });

  it('show what was captured and refunded of each charge', async () => {
    expect(await ask('GET /data/charges')).toMatchObject({
      data: [
        { trip: 't1', status: 'captured', authorized: '450.00 USD', captured: '450.00 USD', refunded: '0.00 USD' },
      ],
    });
  });
});
