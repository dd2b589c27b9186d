import { describe, expect, it } from '@jest/globals';
import * as operations from '#test/support/e2e/amplify-operations.ts';
import { aFlightInput, aGraphQlBooking, aHeader } from '#test/support/e2e/graphql.ts';
import { conditionFailed } from '#test/support/e2e/graphql-errors.ts';
import { seatsOf } from '#test/support/e2e/saga.ts';
import { admin, alice, ask, errorOf, target } from './graphql-flights.ts';

describe('flights', () => {
  it('are created, changed and deleted by Admins alone', async () => {
    const input = aFlightInput();
    for (const query of [operations.createFlight, operations.updateFlight, operations.deleteFlight]) {
      const variables = query === operations.createFlight ? { input } : { input: { id: 'london-madrid-early' } };
      expect(await errorOf(alice, query, variables)).toMatchObject({ errorType: 'Unauthorized' });
    }
    const created = await ask(admin, operations.createFlight, { input });
    expect(created).toEqual({
      ...input,
      id: expect.any(String),
      createdAt: expect.any(String),
      updatedAt: created.createdAt,
    });
    const { id } = created;
    expect(await errorOf(admin, operations.createFlight, { input: { ...input, id } })).toEqual(
      conditionFailed('createFlight'),
    );

    const condition = { ticketPrice: { lt: 100 } };
    const change = { id, ticketPrice: 175, arrivalAirportCode: 'MAD' };
    expect(await errorOf(admin, operations.updateFlight, { input: change, condition })).toEqual(
      conditionFailed('updateFlight'),
    );
    const updated = await ask(admin, operations.updateFlight, { input: change, condition: { not: condition } });
    expect(updated).toEqual({ ...created, ...change, updatedAt: expect.any(String) });
    expect(await ask(alice, operations.getFlight, { id })).toEqual(updated);
    expect(await ask(alice, operations.getOlderFlight, { id })).toEqual({ id, seatAllocation: 10, seatCapacity: 10 });

    expect(await errorOf(admin, operations.deleteFlight, { input: { id }, condition })).toEqual(
      conditionFailed('deleteFlight'),
    );
    expect(await ask(admin, operations.deleteFlight, { input: { id } })).toEqual(updated);
    expect(await ask(alice, operations.getFlight, { id })).toBeNull();
    for (const [name, query] of [
      ['updateFlight', operations.updateFlight],
      ['deleteFlight', operations.deleteFlight],
    ] as const) {
      expect(await errorOf(admin, query, { input: { id } })).toEqual(conditionFailed(name));
    }
  });

  it('that are booked keep their seats when their size changes, and stay', async () => {
    const { id } = await ask(admin, operations.createFlight, { input: aFlightInput({ seatCapacity: 3 }) });
    await aGraphQlBooking(target, alice, { bookingOutboundFlightId: id });
    expect(await ask(admin, operations.updateFlight, { input: { id, seatCapacity: 10 } })).toMatchObject({
      seatCapacity: 10,
    });
    expect(await seatsOf(target, id)).toEqual({ capacity: 10, holds: [expect.any(String)] });
    expect(await errorOf(admin, operations.deleteFlight, { input: { id } })).toMatchObject({
      errorType: 'FlightHasHoldsError',
    });
  });

  it.each([
    [{ departureAirportCode: '' }, 'departureAirportCode'],
    [{ ticketPrice: -1 }, 'ticketPrice'],
    [{ seatCapacity: -1 }, 'seatCapacity'],
    [{ ticketCurrency: 'euro' }, 'ticketCurrency'],
    [{ arrivalAirportCode: 'A#B' }, 'arrivalAirportCode'],
    [{ id: 'no-queue-takes-\uffff' }, 'id'],
    [{ departureCity: 'No queue takes \uffff' }, 'departureCity'],
    [{ arrivalAirportCode: '\ufffe' }, 'arrivalAirportCode'],
  ])('that cannot be found or booked are refused: %j', async (wrong, field) => {
    expect(await errorOf(admin, operations.createFlight, { input: aFlightInput(wrong) })).toMatchObject({
      errorType: 'InvalidArgumentsError',
      message: expect.stringContaining(`"input.${field}"`),
    });
  });

  it('that are deleted are shown as unknown in their bookings', async () => {
    const id = await aHeader(target, alice.sub, { outboundFlightId: 'long-gone' });
    const { outboundFlight } = await ask(alice, operations.getBooking, { id });
    expect(outboundFlight).toMatchObject({ id: 'long-gone', departureCity: 'Unknown', departureLocale: 'Etc/UTC' });
  });
});
