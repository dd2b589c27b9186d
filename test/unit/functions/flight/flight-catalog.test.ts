import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Cursor } from '#functions/shared/http/page.ts';
import { departureScheduleSortKey, indexes, keys, seatAuditAttribute } from '#schema/table.ts';
import { aFlight } from '#test/support/booking-table.ts';
import { aNewFlight } from '#test/support/flights.ts';
import { beforeFirstWrite, catalog, later, now, repeatWrite, seatsOf, table, takeSeat } from './catalog-setup.ts';

describe('create and get', () => {
  it('returns the created flight, with its times, and puts it into the index by its composite key', async () => {
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

  it('given two Admins at once, then the second adds to the first one’s result', async () => {
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

describe('remove', () => {
  it('returns the removed flight', async () => {
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
