import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { FlightCatalog } from '#functions/flight/flight-catalog.ts';
import type { KeyCondition } from '#functions/shared/http/key-condition.ts';
import type { Cursor } from '#functions/shared/http/page.ts';
import { aFlight } from '#test/support/booking-table.ts';
import { aNewFlight } from '#test/support/flights.ts';
import { catalog, now, table } from './catalog-setup.ts';

describe('getMany', () => {
  it('reads a hundred flights in one BatchGetItem, and skips those that are gone', async () => {
    const ids = Array.from({ length: 99 }, () => randomUUID());
    for (const id of ids) await table.put(aFlight(id, 3));
    const operations: string[] = [];
    table.intercept((operation, input, call) => {
      operations.push(operation);
      return call(operation, input);
    });
    const found = await catalog.getMany([...ids, ...ids, 'gone']);
    expect([...found.keys()].sort()).toEqual([...ids].sort());
    expect(operations).toEqual(['BatchGetItem']);
  });

  it('reads more than a hundred in chunks, and nothing where nothing is asked', async () => {
    const ids = Array.from({ length: 230 }, () => randomUUID());
    for (const id of ids) await table.put(aFlight(id, 3));
    const operations: string[] = [];
    table.intercept((operation, input, call) => {
      operations.push(operation);
      return call(operation, input);
    });
    expect((await catalog.getMany(ids)).size).toBe(230);
    expect(operations).toHaveLength(3);
    expect((await catalog.getMany([])).size).toBe(0);
    expect(operations).toHaveLength(3);
  });

  it('asks again for keys that came back unprocessed', async () => {
    const ids = Array.from({ length: 10 }, () => randomUUID());
    for (const id of ids) await table.put(aFlight(id, 3));
    const asked: number[] = [];
    table.intercept(async (operation, input, call) => {
      const [name, request] = Object.entries(input.RequestItems as Record<string, { Keys: unknown[] }>)[0] ?? [];
      if (name === undefined || request === undefined) throw new Error('no request');
      asked.push(request.Keys.length);
      const answered = await call(operation, {
        ...input,
        RequestItems: { [name]: { ...request, Keys: request.Keys.slice(0, 4) } },
      });
      const left = request.Keys.slice(4);
      return left.length === 0 ? answered : { ...answered, UnprocessedKeys: { [name]: { ...request, Keys: left } } };
    });
    expect((await catalog.getMany(ids)).size).toBe(10);
    expect(asked).toEqual([10, 6, 2]);
  });

  it('gives up on keys that stay unprocessed', async () => {
    table.intercept(async (_operation, input) => ({ Responses: {}, UnprocessedKeys: input.RequestItems as object }));
    await expect(catalog.getMany(['a'])).rejects.toThrow('unprocessed');
  });
});

describe('bySchedule', () => {
  const airport = `A${randomUUID().slice(0, 8)}`;
  const schedule = ['DUB#2026-01-01', 'DUB#2026-01-02', 'DUB#2026-01-03', 'MAD#2026-01-01', 'MAD#2026-01-02'];
  beforeAll(async () => {
    for (const composite of schedule) {
      const [arrivalAirportCode = '', departureDate = ''] = composite.split('#');
      await catalog.create(aNewFlight({ departureAirportCode: airport, arrivalAirportCode, departureDate }), now);
    }
    await catalog.create(aNewFlight({ departureAirportCode: 'elsewhere' }), now);
  });

  const found = async (request: Partial<Parameters<FlightCatalog['bySchedule']>[0]>) =>
    (await catalog.bySchedule({ departureAirportCode: airport, limit: 100, ...request })).items.map(
      (flight) => `${flight.arrivalAirportCode}#${flight.departureDate}`,
    );

  it.each([
    [undefined, schedule],
    [{ eq: 'DUB#2026-01-02' }, schedule.slice(1, 2)],
    [{ lt: 'DUB#2026-01-02' }, schedule.slice(0, 1)],
    [{ le: 'DUB#2026-01-02' }, schedule.slice(0, 2)],
    [{ gt: 'DUB#2026-01-02' }, schedule.slice(2)],
    [{ ge: 'DUB#2026-01-02' }, schedule.slice(1)],
    [{ beginsWith: 'MAD#' }, schedule.slice(3)],
    [{ between: ['DUB#2026-01-03', 'MAD#2026-01-01'] }, schedule.slice(2, 4)],
  ] as [KeyCondition | undefined, string[]][])(
    'given %j, then finds those in ascending order, and the other way round',
    async (condition, expected) => {
      expect(await found({ schedule: condition })).toEqual(expected);
      expect(await found({ schedule: condition, descending: true })).toEqual([...expected].reverse());
    },
  );

  it.each([false, true])('pages through (descending: %s), the limit counting the items read', async (descending) => {
    const pages: string[][] = [];
    let cursor: Cursor | undefined;
    do {
      const page = await catalog.bySchedule({ departureAirportCode: airport, limit: 2, descending, cursor });
      pages.push(page.items.map((flight) => `${flight.arrivalAirportCode}#${flight.departureDate}`));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(pages.flat()).toEqual(descending ? [...schedule].reverse() : schedule);
    expect(pages.slice(0, 2).map((page) => page.length)).toEqual([2, 2]);
  });
});
