import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { FlightAnswer } from '#schema/http/flights.ts';
import { aCatalogFlight, api } from '#test/support/e2e/api.ts';
import { type Customer, customerOf } from '#test/support/e2e/customers.ts';
import { openTarget } from '#test/support/e2e/target.ts';
import { aNewFlight } from '#test/support/flights.ts';
import { openSuite } from '#test/support/open-suite.ts';

const target = openSuite(openTarget);
let alice: Customer;
beforeAll(async () => {
  alice = await customerOf(target, 'alice');
});

describe('GET /flights', () => {
  /** Of this run's own: other test files have flights, too. */
  const airport = randomInt(0, 36 ** 3)
    .toString(36)
    .padStart(3, '0')
    .toUpperCase();
  const schedule = [
    ['DUB', '2026-01-01T06:00:00.000Z'],
    ['DUB', '2026-01-01T18:00:00.000Z'],
    ['DUB', '2026-01-02T06:00:00.000Z'],
    ['MAD', '2026-01-01T06:00:00.000Z'],
  ] as const;
  beforeAll(async () => {
    for (const [flightNumber, [arrivalAirportCode, departureDate]] of schedule.entries()) {
      await aCatalogFlight(target, 3, {
        departureAirportCode: airport,
        arrivalAirportCode,
        departureDate,
        flightNumber,
      });
    }
  });

  /** Numbers of this run's flights, over all pages. */
  async function found(query: string): Promise<number[]> {
    const numbers: number[] = [];
    let nextToken: string | undefined;
    do {
      const token = nextToken === undefined ? '' : `&nextToken=${nextToken}`;
      const { status, body } = await api(target, alice, `/flights?${query}${token}`);
      expect(status).toBe(200);
      const own = body.items.filter((flight: FlightAnswer) => flight.departureAirportCode === airport);
      numbers.push(...own.map(({ flightNumber }: FlightAnswer) => flightNumber));
      nextToken = body.nextToken;
    } while (nextToken !== undefined);
    return numbers;
  }

  it.each([
    ['', [0, 1, 2, 3]],
    ['&limit=1', [0, 1, 2, 3]],
    ['&arrivalAirportCode=DUB', [0, 1, 2]],
    ['&arrivalAirportCode=DUB&departureDate=2026-01-01', [0, 1]],
    ['&departureDate=2026-01-01', [0, 1, 3]],
    ['&departureDate=2026-01-01&limit=2', [0, 1, 3]],
    ['&arrivalAirportCode=XXX', []],
  ])('given "%s", then it finds %j over all pages', async (query, expected) => {
    expect(await found(`departureAirportCode=${airport}${query}`)).toEqual(expected);
  });

  it.each([
    ['', [0, 1, 2, 3]],
    ['limit=2', [0, 1, 2, 3]],
    ['arrivalAirportCode=DUB', [0, 1, 2]],
    ['departureDate=2026-01-01', [0, 1, 3]],
    ['arrivalAirportCode=DUB&departureDate=2026-01-02&limit=3', [2]],
  ])('given "%s" and no departure airport, then it finds %j in the whole catalog', async (query, expected) => {
    expect((await found(query)).sort()).toEqual(expected);
  });

  it('takes a page token of the whole catalog for no other query', async () => {
    const { body } = await api(target, alice, '/flights?limit=1');
    const other = await api(target, alice, `/flights?departureAirportCode=${airport}&nextToken=${body.nextToken}`);
    expect([other.status, other.body.field]).toEqual([400, 'nextToken']);
  });

  it('gives the fields of the catalog', async () => {
    const { body } = await api(target, alice, `/flights?departureAirportCode=${airport}&limit=1`);
    const first = { departureDate: '2026-01-01T06:00:00.000Z', departureAirportCode: airport, flightNumber: 0 };
    expect(body.items).toEqual([{ ...aNewFlight({ ...first, seatCapacity: 3 }), id: expect.any(String) }]);
  });

  it.each([
    ['departureAirportCode=london', 'departureAirportCode'],
    ['departureAirportCode=LGW&departureDate=yesterday', 'departureDate'],
    ['departureDate=2026-02-30', 'departureDate'],
    ['arrivalAirportCode=dublin', 'arrivalAirportCode'],
    ['departureAirportCode=LGW&limit=0', 'limit'],
    ['departureAirportCode=LGW&limit=101', 'limit'],
    ['departureAirportCode=LGW&nextToken=abc', 'nextToken'],
  ])('given "%s", then it names the parameter', async (query, field) => {
    const { status, headers, body } = await api(target, alice, `/flights?${query}`);
    expect([status, headers.get('content-type')]).toEqual([400, 'application/problem+json']);
    expect(body.field).toBe(field);
  });

  it('takes page tokens of the same query alone', async () => {
    const { body } = await api(target, alice, `/flights?departureAirportCode=${airport}&limit=1`);
    const other = await api(target, alice, `/flights?departureAirportCode=LGW&nextToken=${body.nextToken}`);
    expect([other.status, other.body.field]).toEqual([400, 'nextToken']);
  });
});
