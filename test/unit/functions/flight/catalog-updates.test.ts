import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { AwsError } from '#embedded/index.ts';
import { departureScheduleSortKey, keys } from '#schema/table.ts';
import { aFlight } from '#test/support/booking-table.ts';
import { aNewFlight } from '#test/support/flights.ts';
import { beforeFirstWrite, catalog, later, now, repeatWrite, seatsOf, table, takeSeat } from './catalog-setup.ts';

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

  it('given bookings that leave fewer seats than the update takes away, then it starts from the current number', async () => {
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

  it('given a check, then it sees the item on which the write is conditional, seats included', async () => {
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
