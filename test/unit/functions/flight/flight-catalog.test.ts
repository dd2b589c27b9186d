import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AwsError } from '#embedded/index.ts';
import { dynamoDbFlightCatalog } from '#functions/flight/dynamodb-flight-catalog.ts';
import type { FlightCatalog } from '#functions/flight/flight-catalog.ts';
import type { KeyCondition } from '#functions/shared/http/key-condition.ts';
import type { Cursor } from '#functions/shared/http/page.ts';
import { departureScheduleSortKey, indexes, keys, seatAuditAttribute } from '#schema/table.ts';
import { aFlight, openBookingTable, type TestTable } from '#test/support/booking-table.ts';
import { aNewFlight } from '#test/support/flights.ts';

let table: TestTable;
let catalog: FlightCatalog;
beforeAll(async () => {
  table = await openBookingTable();
  catalog = dynamoDbFlightCatalog(table.table);
});
afterEach(() => table.intercept(undefined));
afterAll(() => table.close());

const now = '2026-07-01T10:00:00.000Z';
const later = '2026-07-02T10:00:00.000Z';

/** As the saga's `ReserveSeat` does. */
const takeSeat = (id: string, hold: string = randomUUID()) =>
  table.call('UpdateItem', {
    TableName: table.table.name,
    Key: { pk: { S: keys.flightInventory(id).pk }, sk: { S: 'FLIGHT' } },
    UpdateExpression: 'SET seatCapacity = seatCapacity - :one ADD seatHolds :holds',
    ConditionExpression: 'seatCapacity > :zero AND NOT contains(seatHolds, :hold)',
    ExpressionAttributeValues: {
      ':one': { N: '1' },
      ':zero': { N: '0' },
      ':holds': { SS: [hold] },
      ':hold': { S: hold },
    },
  });

const seatsOf = async (id: string) => {
  const item = await table.item(keys.flightInventory(id));
  return { free: Number(item?.seatCapacity), held: (item?.seatHolds as Set<string> | undefined)?.size ?? 0 };
};

/** What happens right before the first write gets through. */
const beforeFirstWrite = (operation: 'UpdateItem' | 'DeleteItem', happens: () => Promise<unknown>): void => {
  table.intercept(async (asked, input, call) => {
    if (asked === operation) {
      table.intercept(undefined);
      await happens();
    }
    return call(asked, input);
  });
};

/** The write is done, and the client learns of a failure: the SDK would send it again. */
const repeatWrite = (operation: 'PutItem' | 'UpdateItem' | 'DeleteItem'): void => {
  table.intercept(async (asked, input, call) => {
    if (asked === operation) {
      table.intercept(undefined);
      await call(asked, input);
    }
    return call(asked, input);
  });
};

describe('create and get', () => {
  it('gives back what was created, with its times, and stands in the index by its composite key', async () => {
    const flight = aNewFlight();
    expect(await catalog.create(flight, now)).toEqual({ ...flight, createdAt: now, updatedAt: now });
    expect(await catalog.get(flight.id)).toEqual({ ...flight, createdAt: now, updatedAt: now });
    expect(await table.item(keys.flightInventory(flight.id))).toMatchObject({
      [departureScheduleSortKey]: 'DUB#2026-07-10T06:00:00.000Z',
    });
    const indexed = await table.query(indexes.byDepartureSchedule.name, 'departureAirportCode', 'LGW');
    expect(indexed.find(({ id }) => id === flight.id)).toMatchObject({
      createdAt: now,
      updatedAt: now,
      seatCapacity: 10,
    });
  });

  it('gives undefined where there is none', async () => {
    expect(await catalog.get('none')).toBeUndefined();
  });

  it('reads a flight without times or names, as older writers left them', async () => {
    const id = randomUUID();
    await table.put(aFlight(id, 3));
    expect(await catalog.get(id)).toMatchObject({ id, arrivalCity: '', createdAt: '1970-01-01T00:00:00.000Z' });
  });

  it('refuses an id that is taken, and leaves that flight alone', async () => {
    const flight = aNewFlight();
    await catalog.create(flight, now);
    await expect(catalog.create({ ...flight, ticketPrice: 1 }, later)).rejects.toMatchObject({
      name: 'FlightAlreadyExistsError',
    });
    expect((await catalog.get(flight.id))?.ticketPrice).toBe(150);
  });

  it('given a lost reply and a repeated write, then it has created once', async () => {
    repeatWrite('PutItem');
    const flight = aNewFlight();
    expect(await catalog.create(flight, now)).toMatchObject(flight);
  });
});

describe('the size of a flight', () => {
  const heldSeats = (count: number) => new Set(Array.from({ length: count }, (_, hold) => `hold-${hold}`));

  it('is at most a thousand, free and held together', async () => {
    const { id } = await catalog.create(aNewFlight({ seatCapacity: 10 }), now);
    for (let seat = 0; seat < 3; seat += 1) await takeSeat(id);
    await expect(catalog.update(id, { seatCapacity: 998 }, later)).rejects.toMatchObject({
      name: 'FlightTooLargeError',
      field: 'seatCapacity',
      message: expect.stringMatching(/3 of this one are held: "seatCapacity" must be at most 997$/),
    });
    expect(await seatsOf(id)).toEqual({ free: 7, held: 3 });
    await catalog.update(id, { seatCapacity: 997 }, later);
    expect(await seatsOf(id)).toEqual({ free: 997, held: 3 });
  });

  it('given seats that are sold and given back between read and write, then it is at most a thousand, too', async () => {
    const { id } = await catalog.create(aNewFlight({ seatCapacity: 10 }), now);
    await takeSeat(id, 'early');
    beforeFirstWrite('UpdateItem', async () => {
      for (let seat = 0; seat < 4; seat += 1) await takeSeat(id);
    });
    await catalog.update(id, { seatCapacity: 999 }, later);
    expect(await seatsOf(id)).toEqual({ free: 995, held: 5 });
  });

  it('given two Admins at once, then the second adds to what the first has left', async () => {
    const { id } = await catalog.create(aNewFlight({ seatCapacity: 10 }), now);
    await takeSeat(id);
    beforeFirstWrite('UpdateItem', () => catalog.update(id, { seatCapacity: 999 }, later));
    await catalog.update(id, { seatCapacity: 999 }, later);
    expect(await seatsOf(id)).toEqual({ free: 999, held: 1 });
  });

  it('of an older release may be more, and then may only shrink', async () => {
    const id = randomUUID();
    await table.put(aFlight(id, 1_500, { seatHolds: heldSeats(500), revision: 'old' }));
    await catalog.update(id, { ticketPrice: 7 }, later);
    await catalog.update(id, { seatCapacity: 1_400 }, later);
    await expect(catalog.update(id, { seatCapacity: 1_401 }, later)).rejects.toMatchObject({
      message: expect.stringMatching(/must be at most 1400$/),
    });
    expect(await seatsOf(id)).toEqual({ free: 1_400, held: 500 });
  });
});

describe('the audit of seat holds', () => {
  const audited = async (kind: string) =>
    (await table.query(indexes.bySeatAudit.name, seatAuditAttribute, kind)).map(({ id }) => id);

  it('covers a new flight', async () => {
    const { id } = await catalog.create(aNewFlight(), now);
    expect(await audited('departing')).toContain(id);
  });

  it('covers a flight again that an Admin writes: its departure may have been put off', async () => {
    const id = randomUUID();
    await table.put(aFlight(id, 3));
    expect(await audited('departing')).not.toContain(id);
    await catalog.update(id, { departureDate: '2030-01-01' }, later);
    expect(await audited('departing')).toContain(id);
  });

  it('still covers a flight for ever that an Admin writes', async () => {
    const id = randomUUID();
    await table.put(aFlight(id, 3, { [seatAuditAttribute]: 'always' }));
    await catalog.update(id, { ticketPrice: 5 }, later);
    expect(await audited('always')).toContain(id);
    expect(await audited('departing')).not.toContain(id);
  });

  it('gives its index no write where a seat is taken', () => {
    expect(indexes.bySeatAudit.projection).toEqual({ type: 'KEYS_ONLY' });
  });
});

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

  it.each([false, true])('pages through (descending: %s), the limit counting what is read', async (descending) => {
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

describe('list', () => {
  it('pages through the whole catalog and gives every flight once', async () => {
    const ids: string[] = [];
    let cursor: Cursor | undefined;
    do {
      const page = await catalog.list({ limit: 50, cursor });
      expect(page.items.length).toBeLessThanOrEqual(50);
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    const flights = (await table.all()).filter(({ sk }) => sk === 'FLIGHT').map(({ id }) => id);
    expect(ids.sort()).toEqual(flights.sort());
  });
});

describe('update', () => {
  it.each([
    [{ departureDate: '2027-01-01' }, 'DUB#2027-01-01'],
    [{ arrivalAirportCode: 'MAD' }, 'MAD#2026-07-10T06:00:00.000Z'],
    [{ arrivalAirportCode: 'MAD', departureDate: '2027-01-01' }, 'MAD#2027-01-01'],
    [{ departureAirportCode: 'NEW' }, 'DUB#2026-07-10T06:00:00.000Z'],
    [{ ticketPrice: 5 }, 'DUB#2026-07-10T06:00:00.000Z'],
  ])('given %j, then the flight says so, and the composite attribute %s', async (changes, composite) => {
    const flight = await catalog.create(aNewFlight(), now);
    const expected = { ...flight, ...changes, updatedAt: later };
    expect(await catalog.update(flight.id, changes, later)).toEqual(expected);
    expect(await catalog.get(flight.id)).toEqual(expected);
    expect(await table.item(keys.flightInventory(flight.id))).toMatchObject({ [departureScheduleSortKey]: composite });
  });

  it('given a flight of an older writer, then changes it, too', async () => {
    const id = randomUUID();
    await table.put(aFlight(id, 3));
    await catalog.update(id, { seatCapacity: 5 }, later);
    await catalog.update(id, { seatCapacity: 6 }, later);
    expect(await seatsOf(id)).toEqual({ free: 6, held: 0 });
  });

  it('given no such flight, then says so and makes none', async () => {
    await expect(catalog.update('none', { ticketPrice: 1 }, later)).rejects.toMatchObject({
      name: 'FlightNotFoundError',
    });
    expect(await table.item(keys.flightInventory('none'))).toBeUndefined();
  });

  it('given bookings between read and write, then no seat of theirs is sold again', async () => {
    const { id } = await catalog.create(aNewFlight({ seatCapacity: 10 }), now);
    await takeSeat(id);
    beforeFirstWrite('UpdateItem', async () => {
      await takeSeat(id);
      await takeSeat(id);
    });
    await catalog.update(id, { seatCapacity: 20 }, later);
    // 9 were read free and 20 wanted: 11 seats are added to the flight's 10, two of the free ones are taken meanwhile.
    expect(await seatsOf(id)).toEqual({ free: 18, held: 3 });
  });

  it('given bookings that leave fewer seats than the update takes away, then it starts from what is there', async () => {
    const { id } = await catalog.create(aNewFlight({ seatCapacity: 4 }), now);
    beforeFirstWrite('UpdateItem', async () => {
      for (let taken = 0; taken < 3; taken += 1) await takeSeat(id);
    });
    await catalog.update(id, { seatCapacity: 0 }, later);
    expect(await seatsOf(id)).toEqual({ free: 0, held: 3 });
  });

  it('given many bookings at once, then size changes by the differences alone and nothing goes below zero', async () => {
    const { id } = await catalog.create(aNewFlight({ seatCapacity: 60 }), now);
    const seatsLeft: number[] = [];
    table.intercept(async (operation, input, call) => {
      const answered = await call(operation, input);
      if (operation === 'UpdateItem') seatsLeft.push((await seatsOf(id)).free);
      return answered;
    });
    let size = 60;
    const bookings = Array.from({ length: 40 }, () => takeSeat(id).catch(() => undefined));
    for (const wanted of [50, 80, 5, 30]) {
      let read = Number.NaN;
      await catalog.update(id, { seatCapacity: wanted }, later, (flight) => {
        read = flight.seatCapacity;
      });
      size += wanted - read;
    }
    await Promise.all(bookings);
    const { free, held } = await seatsOf(id);
    expect(free + held).toBe(size);
    expect(Math.min(...seatsLeft)).toBeGreaterThanOrEqual(0);
  });

  it('given two Admins at once, then one follows the other', async () => {
    const { id } = await catalog.create(aNewFlight({ seatCapacity: 10 }), now);
    beforeFirstWrite('UpdateItem', () => catalog.update(id, { seatCapacity: 15, ticketPrice: 7 }, later));
    await catalog.update(id, { seatCapacity: 20 }, later);
    expect(await catalog.get(id)).toMatchObject({ seatCapacity: 20, ticketPrice: 7 });
  });

  it('given a lost reply and a repeated write, then the difference is added once', async () => {
    const { id } = await catalog.create(aNewFlight({ seatCapacity: 10 }), now);
    await takeSeat(id);
    repeatWrite('UpdateItem');
    expect(await catalog.update(id, { seatCapacity: 20 }, later)).toMatchObject({ seatCapacity: 20 });
    expect(await seatsOf(id)).toEqual({ free: 20, held: 1 });
  });

  it('given a check that throws, then nothing is written', async () => {
    const flight = await catalog.create(aNewFlight(), now);
    const refuse = () => {
      throw new Error('no');
    };
    await expect(catalog.update(flight.id, { ticketPrice: 1 }, later, refuse)).rejects.toThrow('no');
    expect(await catalog.get(flight.id)).toEqual(flight);
  });

  it('given a check, then it sees what the write is bound to, seats included', async () => {
    const { id } = await catalog.create(aNewFlight({ seatCapacity: 10 }), now);
    const seen: number[] = [];
    beforeFirstWrite('UpdateItem', () => takeSeat(id));
    await catalog.update(id, { ticketPrice: 1 }, later, ({ seatCapacity }) => {
      seen.push(seatCapacity);
    });
    expect(seen).toEqual([10, 9]);
  });

  it('given others who always win, then asks to try again', async () => {
    const { id } = await catalog.create(aNewFlight(), now);
    table.intercept(async (operation, input, call) => {
      if (operation === 'UpdateItem') {
        throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed');
      }
      return call(operation, input);
    });
    await expect(catalog.update(id, { ticketPrice: 1 }, later)).rejects.toMatchObject({ name: 'FlightConflictError' });
  });
});

describe('remove', () => {
  it('gives back what it removed', async () => {
    const flight = await catalog.create(aNewFlight(), now);
    expect(await catalog.remove(flight.id)).toEqual(flight);
    expect(await catalog.get(flight.id)).toBeUndefined();
  });

  it('given no such flight, then says so', async () => {
    await expect(catalog.remove('none')).rejects.toMatchObject({ name: 'FlightNotFoundError' });
  });

  it('given seats that are held, then refuses', async () => {
    const { id } = await catalog.create(aNewFlight(), now);
    await takeSeat(id);
    await expect(catalog.remove(id)).rejects.toMatchObject({ name: 'FlightHasHoldsError' });
    expect(await seatsOf(id)).toEqual({ free: 9, held: 1 });
  });

  it('given a seat that is taken between read and write, then refuses', async () => {
    const { id } = await catalog.create(aNewFlight(), now);
    beforeFirstWrite('DeleteItem', () => takeSeat(id));
    await expect(catalog.remove(id)).rejects.toMatchObject({ name: 'FlightHasHoldsError' });
    expect(await seatsOf(id)).toEqual({ free: 9, held: 1 });
  });

  it('given a seat that was taken and given back, then removes it', async () => {
    const { id } = await catalog.create(aNewFlight(), now);
    await takeSeat(id, 'hold');
    await table.call('UpdateItem', {
      TableName: table.table.name,
      Key: { pk: { S: keys.flightInventory(id).pk }, sk: { S: 'FLIGHT' } },
      UpdateExpression: 'SET seatCapacity = seatCapacity + :one DELETE seatHolds :holds',
      ExpressionAttributeValues: { ':one': { N: '1' }, ':holds': { SS: ['hold'] } },
    });
    await catalog.remove(id);
    expect(await catalog.get(id)).toBeUndefined();
  });

  it('given a lost reply and a repeated write, then it is removed', async () => {
    const flight = await catalog.create(aNewFlight(), now);
    repeatWrite('DeleteItem');
    expect(await catalog.remove(flight.id)).toEqual(flight);
  });

  it('given a check that throws, then it stays', async () => {
    const flight = await catalog.create(aNewFlight(), now);
    const refuse = () => {
      throw new Error('no');
    };
    await expect(catalog.remove(flight.id, refuse)).rejects.toThrow('no');
    expect(await catalog.get(flight.id)).toEqual(flight);
  });
});
