import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
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

  async function found(query: string): Promise<number[]> {
    const numbers: number[] = [];
    let nextToken: string | undefined;
    do {
      const token = nextToken === undefined ? '' : `&nextToken=${nextToken}`;
      const { status, body } = await api(target, alice, `/flights?departureAirportCode=${airport}${query}${token}`);
      expect(status).toBe(200);
      numbers.push(...body.items.map(({ flightNumber }: { flightNumber: number }) => flightNumber));
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
    expect(await found(query)).toEqual(expected);
  });

  it('gives the fields of the catalog', async () => {
    const { body } = await api(target, alice, `/flights?departureAirportCode=${airport}&limit=1`);
    const first = { departureDate: '2026-01-01T06:00:00.000Z', departureAirportCode: airport, flightNumber: 0 };
    expect(body.items).toEqual([{ ...aNewFlight({ ...first, seatCapacity: 3 }), id: expect.any(String) }]);
  });

  it.each([
    ['', 'departureAirportCode'],
    ['departureAirportCode=london', 'departureAirportCode'],
    ['departureAirportCode=LGW&departureDate=yesterday', 'departureDate'],
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
