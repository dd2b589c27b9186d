import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Caller } from '#functions/shared/http/caller.ts';
import { keys } from '#schema/table.ts';
import { openBookingTable } from '#test/support/booking-table.ts';
import { aFlightInput } from '#test/support/e2e/graphql.ts';
import { type GraphQlService, graphQlService } from '#test/support/graphql-service.ts';
import { openSuite } from '#test/support/open-suite.ts';

const table = openSuite(openBookingTable);
let service: GraphQlService;
beforeAll(() => {
  service = graphQlService(table);
});
afterEach(() => table.intercept(undefined));

const admin: Caller = { sub: 'admin', isAdmin: true };
const create =
  'mutation ($input: CreateFlightInput!) { flight: createFlight(input: $input) { id seatCapacity seatAllocation departureDate } }';
const update =
  'mutation ($input: UpdateFlightInput!, $condition: ModelFlightConditionInput) { flight: updateFlight(input: $input, condition: $condition) { id seatCapacity ticketPrice } }';
const remove =
  'mutation ($input: DeleteFlightInput!, $condition: ModelFlightConditionInput) { flight: deleteFlight(input: $input, condition: $condition) { id } }';

async function aFlight(): Promise<string> {
  const id = randomUUID();
  const { errors } = await service.ask(admin, create, { input: aFlightInput({ id, seatCapacity: 10 }) });
  expect(errors).toBeUndefined();
  return id;
}

describe('seatAllocation, which generated clients may send', () => {
  it('is ignored', async () => {
    const id = randomUUID();
    const input = aFlightInput({ id, seatCapacity: 10 });
    expect(await service.ask(admin, create, { input: { ...input, seatAllocation: 99 } })).toMatchObject({
      data: { flight: { seatCapacity: 10, seatAllocation: 10 } },
    });
    for (const seatAllocation of [99, -1, null]) {
      const { data } = await service.ask(admin, update, { input: { id, seatAllocation } });
      expect(data).toMatchObject({ flight: { seatCapacity: 10 } });
    }
    expect(await table.item(keys.flightInventory(id))).not.toHaveProperty('seatAllocation');
  });
});

describe('dates', () => {
  it.each(['2021-04-10T08:00+0000', '2021-07-10T06:00:00.000Z', '2024-02-29'])('may be %s', async (date) => {
    const input = aFlightInput({ departureDate: date, arrivalDate: date });
    expect((await service.ask(admin, create, { input })).data).toMatchObject({ flight: { departureDate: date } });
  });

  it.each(['hello', '', '2021-13-01', '2021-02-29T08:00+0000', '10.04.2021', '2021-04-100', '2021-04-10hello'])(
    'may not be %j, neither at first nor later',
    async (date) => {
      const id = await aFlight();
      for (const field of ['departureDate', 'arrivalDate']) {
        const refusal = [
          expect.objectContaining({
            errorType: 'InvalidArgumentsError',
            message: expect.stringContaining(`"input.${field}" must`),
          }),
        ];
        const input = aFlightInput({ [field]: date });
        expect((await service.ask(admin, create, { input })).errors).toEqual(refusal);
        expect((await service.ask(admin, update, { input: { id, [field]: date } })).errors).toEqual(refusal);
      }
    },
  );
});

describe('the size of a flight', () => {
  it.each([1_001, 2 ** 31 - 1])('may not be %d, neither at first nor later', async (seatCapacity) => {
    const id = await aFlight();
    const refusal = [
      expect.objectContaining({
        errorType: 'InvalidArgumentsError',
        message: '"input.seatCapacity" must be at most 1000',
      }),
    ];
    expect((await service.ask(admin, create, { input: aFlightInput({ seatCapacity }) })).errors).toEqual(refusal);
    expect((await service.ask(admin, update, { input: { id, seatCapacity } })).errors).toEqual(refusal);
  });

  it('counts the seats that bookings hold', async () => {
    const id = await aFlight();
    await table.call('UpdateItem', {
      TableName: table.table.name,
      Key: { pk: { S: keys.flightInventory(id).pk }, sk: { S: keys.flightInventory(id).sk } },
      UpdateExpression: 'SET seatCapacity = seatCapacity - :two ADD seatHolds :holds',
      ExpressionAttributeValues: { ':two': { N: '2' }, ':holds': { SS: ['a', 'b'] } },
    });
    expect((await service.ask(admin, update, { input: { id, seatCapacity: 999 } })).errors).toEqual([
      expect.objectContaining({ errorType: 'FlightTooLargeError', errorInfo: { field: 'seatCapacity' } }),
    ]);
    expect((await service.ask(admin, update, { input: { id, seatCapacity: 998 } })).data).toMatchObject({
      flight: { seatCapacity: 998 },
    });
  });
});

/** Books a seat before each of these writes. */
function sellBefore(id: string, operationToPrecede: string, times = Number.POSITIVE_INFINITY): void {
  let left = times;
  table.intercept(async (operation, input, call) => {
    if (operation === operationToPrecede && left > 0) {
      left -= 1;
      await call('UpdateItem', {
        TableName: table.table.name,
        Key: { pk: { S: keys.flightInventory(id).pk }, sk: { S: keys.flightInventory(id).sk } },
        UpdateExpression: 'SET seatCapacity = seatCapacity - :one',
        ConditionExpression: 'seatCapacity > :zero',
        ExpressionAttributeValues: { ':one': { N: '1' }, ':zero': { N: '0' } },
      });
    }
    return call(operation, input);
  });
}

describe('a condition on a flight that is being sold', () => {
  const ofOthers = { and: [{ departureAirportCode: { eq: 'LGW' } }], not: { ticketPrice: { lt: 0 } } };

  it('does not bind the write to seats that it does not name', async () => {
    const id = await aFlight();
    sellBefore(id, 'UpdateItem');
    const { data, errors } = await service.ask(admin, update, {
      input: { id, ticketPrice: 7 },
      condition: ofOthers,
    });
    expect(errors).toBeUndefined();
    // One was sold before the one write that there was.
    expect(data).toEqual({ flight: { id, seatCapacity: 9, ticketPrice: 7 } });
  });

  it.each([
    { seatCapacity: { eq: 10 } },
    { seatAllocation: { eq: 10 } },
    { and: [{ or: [{ not: { seatCapacity: { ne: 10 } } }] }] },
  ])('binds it where it says %j', async (condition) => {
    for (const [mutation, operation] of [
      [update, 'UpdateItem'],
      [remove, 'DeleteItem'],
    ] as const) {
      const id = await aFlight();
      sellBefore(id, operation, 1);
      const { errors } = await service.ask(admin, mutation, { input: { id }, condition });
      expect(errors).toEqual([expect.objectContaining({ errorType: 'DynamoDB:ConditionalCheckFailedException' })]);
    }
  });
});
