import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as operations from '#test/support/e2e/amplify-operations.ts';
import { type Customer, customerOf } from '#test/support/e2e/customers.ts';
import {
  aFlightInput,
  aGraphQlBooking,
  aHeader,
  graphQlData,
  graphQlError,
  graphQlPages,
} from '#test/support/e2e/graphql.ts';
import { conditionFailed } from '#test/support/e2e/graphql-errors.ts';
import { type Item, seatsOf } from '#test/support/e2e/saga.ts';
import { openTarget, type Target } from '#test/support/e2e/target.ts';

let target: Target;
let alice: Customer;
let admin: Customer;
beforeAll(async () => {
  target = await openTarget();
  [alice, admin] = await Promise.all([customerOf(target, 'alice'), customerOf(target, 'carol', { admin: true })]);
});
afterAll(() => target.close());

const ask = (customer: Customer, query: string, variables: Item = {}) =>
  graphQlData(target, customer, query, variables);
const errorOf = (customer: Customer, query: string, variables: Item = {}) =>
  graphQlError(target, customer, query, variables);

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
  ])('that nobody could find or book are refused: %j', async (wrong, field) => {
    expect(await errorOf(admin, operations.createFlight, { input: aFlightInput(wrong) })).toMatchObject({
      errorType: 'InvalidArgumentsError',
      message: expect.stringContaining(`"input.${field}"`),
    });
  });

  describe('of a departure airport', () => {
    const airport = `E${randomUUID().slice(0, 6)}`;
    const schedule = [
      ['DUB', '2026-01-01'],
      ['DUB', '2026-01-02'],
      ['DUB', '2026-02-01'],
      ['MAD', '2026-01-01'],
      ['MAD', '2026-01-02'],
    ] as const;
    beforeAll(async () => {
      for (const [index, [arrivalAirportCode, departureDate]] of schedule.entries()) {
        const input = aFlightInput({
          departureAirportCode: airport,
          arrivalAirportCode,
          departureDate,
          ticketPrice: index,
        });
        await ask(admin, operations.createFlight, { input });
      }
    });
    const key = (arrivalAirportCode: string | null, departureDate?: string) => ({
      arrivalAirportCode,
      ...(departureDate ? { departureDate } : {}),
    });
    const found = async (variables: Item) =>
      (
        await graphQlPages(target, alice, operations.getFlightBySchedule, {
          departureAirportCode: airport,
          ...variables,
        })
      )
        .flat()
        .map(({ ticketPrice }) => ticketPrice);

    it.each<[Item | null, number[]]>([
      [null, [0, 1, 2, 3, 4]],
      [{ beginsWith: key('DUB') }, [0, 1, 2]],
      [{ beginsWith: key('DUB', '2026-01') }, [0, 1]],
      [{ eq: key('DUB', '2026-01-02') }, [1]],
      [{ between: [key('DUB', '2026-01-02'), key('MAD', '2026-01-01')] }, [1, 2, 3]],
      [{ lt: key('DUB', '2026-01-02') }, [0]],
      [{ le: key('DUB', '2026-01-02') }, [0, 1]],
      [{ gt: key('DUB', '2026-02-01') }, [3, 4]],
      [{ ge: key('DUB', '2026-02-01') }, [2, 3, 4]],
    ])(
      'by the composite key %j, in both directions and by pages',
      async (arrivalAirportCodeDepartureDate, expected) => {
        expect(await found({ arrivalAirportCodeDepartureDate })).toEqual(expected);
        expect(await found({ arrivalAirportCodeDepartureDate, limit: 2, sortDirection: 'DESC' })).toEqual(
          [...expected].reverse(),
        );
      },
    );

    it.each<[Item, number[]]>([
      [{ ticketPrice: { gt: 1 } }, [2, 3, 4]],
      [{ ticketPrice: { ge: 1, le: 3 } }, [1, 2, 3]],
      [{ ticketPrice: { between: [1, 2] } }, [1, 2]],
      [{ ticketPrice: { eq: 4 } }, [4]],
      [{ ticketPrice: { ne: 4 } }, [0, 1, 2, 3]],
      [{ ticketPrice: { lt: 1 } }, [0]],
      [{ seatCapacity: { gt: 0 } }, [0, 1, 2, 3, 4]],
      [{ seatAllocation: { gt: 10 } }, []],
      [{ flightNumber: { attributeType: 'number' } }, [0, 1, 2, 3, 4]],
      [{ arrivalCity: { contains: 'ubli' }, ticketPrice: { lt: 2 } }, [0, 1]],
      [{ arrivalCity: { attributeExists: false } }, []],
      [{ departureDate: { beginsWith: '2026-02' } }, [2]],
    ])('filtered by %j', async (filter, expected) => {
      expect(await found({ filter, limit: 2 })).toEqual(expected);
    });

    it.each<[Item, string]>([
      [{ departureAirportCode: null }, "Argument 'departureAirportCode' must be given"],
      [
        { arrivalAirportCodeDepartureDate: { eq: key(null, '2026-01-01') } },
        "When providing argument 'arrivalAirportCodeDepartureDate.eq.departureDate' you must also provide 'arrivalAirportCodeDepartureDate.eq.arrivalAirportCode'.",
      ],
      [
        { arrivalAirportCodeDepartureDate: { eq: key('DUB'), lt: key('MAD') } },
        'Argument arrivalAirportCodeDepartureDate must specify at most one key condition operation.',
      ],
      [
        { arrivalAirportCodeDepartureDate: { between: [key('DUB')] } },
        'Argument arrivalAirportCodeDepartureDate.between expects exactly 2 elements.',
      ],
      [
        { arrivalAirportCodeDepartureDate: { beginsWith: {} } },
        '"arrivalAirportCodeDepartureDate.beginsWith" must not be empty',
      ],
    ])('are refused for %j', async (variables, message) => {
      expect(
        await errorOf(alice, operations.getFlightBySchedule, { departureAirportCode: airport, ...variables }),
      ).toMatchObject({
        errorType: 'InvalidArgumentsError',
        message,
      });
    });

    it('are in the whole list, too', async () => {
      const filter = { departureAirportCode: { eq: airport } };
      const flights = (await graphQlPages(target, alice, operations.listFlights, { filter, limit: 500 })).flat();
      expect(flights.map(({ ticketPrice }) => ticketPrice).sort()).toEqual([0, 1, 2, 3, 4]);
    });
  });

  it('that bookings outlive are told as unknown', async () => {
    const id = await aHeader(target, alice.sub, { outboundFlightId: 'long-gone' });
    const { outboundFlight } = await ask(alice, operations.getBooking, { id });
    expect(outboundFlight).toMatchObject({ id: 'long-gone', departureCity: 'Unknown', departureLocale: 'Etc/UTC' });
  });
});
