import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { physicalName, stageNames } from '#infra/config.ts';
import { UsageError } from '#infra/operations/run-command.ts';
import { demoFlights } from '#schema/demo-flights.ts';
import { aNewFlight } from '#test/support/flights.ts';
import { flightsIn } from '../../../localstack/flights/flight-file.ts';
import { commandOf } from '../../../localstack/flights/options.ts';
import { restock } from '../../../localstack/flights/restock.ts';
import { endpointOf, namesOf } from '../../../localstack/flights/target.ts';

const [first, second] = [aNewFlight({ id: 'f1' }), aNewFlight({ id: 'f2' })];
const read = (value: unknown) => flightsIn(JSON.stringify(value), 'my.json');

describe('a file of flights', () => {
  it('has a list of them, or one alone', () => {
    expect(read([first, second])).toEqual([first, second]);
    expect(read(first)).toEqual([first]);
  });

  it('may be the one that the documentation shows', () => {
    const page = 'docs/operations.md';
    const [, example = ''] = /```json\n(\[\{"id".*?)\n```/s.exec(readFileSync(page, 'utf8')) ?? [];
    expect(flightsIn(example, page)).toHaveLength(1);
  });

  it.each<[string, unknown, RegExp]>([
    ['no JSON', undefined, /^my\.json is no JSON/],
    ['no flight at all', [], /^my\.json has no flight/],
    ['a number', 7, /^my\.json: /],
    ['a field too few', [first, { ...second, arrivalCity: undefined }], /flight 2 \("f2"\): "arrivalCity" is missing/],
    ['a field too many', [{ ...first, seatHolds: [] }], /flight 1 \("f1"\): "seatHolds" is unknown/],
    ['too many seats', [{ ...first, seatCapacity: 1_001 }], /flight 1 \("f1"\): "seatCapacity" must be at most 1000/],
    ['a flight without a name', [{ ...first, id: undefined }], /flight 1: "id" is missing/],
    ['one flight twice', [first, second, first], /"f1" is there twice/],
  ])('given %s, then it is refused with the place', (_, value, message) => {
    expect(() => (value === undefined ? flightsIn('{', 'my.json') : read(value))).toThrow(message);
  });

  it.each(demoFlights.map(({ id }) => id))("given the demo's own %s, then it is refused: the stack has it", (id) => {
    expect(() => read([{ ...first, id }])).toThrow(new RegExp(`"${id}".*stack`));
  });
});

describe('the words of the command', () => {
  it('are the action and its argument', () => {
    expect(commandOf(['import', 'my.json'])).toEqual({ action: 'import', file: 'my.json' });
    expect(commandOf(['restock', 'f1'])).toEqual({ action: 'restock', id: 'f1' });
  });

  it.each([[[]], [['import']], [['restock']], [['import', 'a', 'b']], [['sell', 'f1']]])(
    'given %j, then they are refused with the usage',
    (words) => {
      expect(() => commandOf(words)).toThrow(UsageError);
    },
  );
});

describe('where flights go', () => {
  it.each([
    ['embedded', {}, 'http://127.0.0.1:4566'],
    ['embedded', { AWS_PORT: '4567' }, 'http://127.0.0.1:4567'],
    ['ministack', { AWS_ENDPOINT_URL: 'http://127.0.0.1:24566' }, 'http://127.0.0.1:24566'],
    ['http://10.0.0.1:4566', {}, 'http://10.0.0.1:4566'],
    ['aws', {}, undefined],
  ])('%s with %j is %s', (target, environment, endpoint) => {
    expect(endpointOf(target, environment)).toBe(endpoint);
  });

  it('refuses another endpoint under the name of AWS', () => {
    expect(() => endpointOf('aws', { AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' })).toThrow(/AWS_ENDPOINT_URL/);
    expect(() => endpointOf('azure', {})).toThrow(/"azure" is no target/);
  });

  it.each(stageNames)('on stage %s by the names that the stack gives', (stage) => {
    expect(namesOf({ STAGE: stage })).toEqual({
      table: physicalName({ stage }, 'bookings'),
      bookings: physicalName({ stage }, 'bookings'),
    });
  });
});

describe('restocking a flight', () => {
  const aBooking = (id: string, outboundFlightId: string) => ({ id, outboundFlightId, status: 'CONFIRMED' });

  /** The demo customer's bookings, by pages of two, and what becomes of those that are cancelled. */
  function aService(bookings: readonly ReturnType<typeof aBooking>[], refused: Record<string, number> = {}) {
    const cancelled: string[] = [];
    return {
      cancelled,
      async call(routeKey: string, { id = '', query = {} }: { id?: string; query?: Record<string, string> }) {
        if (routeKey === 'DELETE /bookings/{id}') {
          cancelled.push(id);
          return { status: refused[id] ?? 202, body: {} };
        }
        expect([routeKey, query.status]).toEqual(['GET /bookings', 'CONFIRMED']);
        const from = Number(query.nextToken ?? 0);
        const items = bookings.slice(from, from + 2);
        return { status: 200, body: { items, ...(from + 2 < bookings.length ? { nextToken: `${from + 2}` } : {}) } };
      },
    };
  }

  it("cancels the demo's confirmed bookings of that flight, on all pages, and no others", async () => {
    const service = aService([aBooking('a', 'f1'), aBooking('b', 'f2'), aBooking('c', 'f1'), aBooking('d', 'f1')]);
    expect(await restock('f1', service.call)).toEqual({ cancelled: 3, refused: [] });
    expect(service.cancelled.sort()).toEqual(['a', 'c', 'd']);
  });

  it('names the bookings that it could not cancel, and goes on with the others', async () => {
    const service = aService([aBooking('a', 'f1'), aBooking('b', 'f1')], { a: 409 });
    expect(await restock('f1', service.call)).toEqual({ cancelled: 1, refused: [{ id: 'a', status: 409 }] });
  });

  it('given a list that fails, then it cancels nothing and says so', async () => {
    const call = async () => ({ status: 500, body: {} });
    await expect(restock('f1', call)).rejects.toThrow(/500/);
  });
});
