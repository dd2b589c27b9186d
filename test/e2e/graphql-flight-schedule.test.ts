import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as operations from '#test/support/e2e/amplify-operations.ts';
import { aFlightInput, graphQlPages } from '#test/support/e2e/graphql.ts';
import type { Item } from '#test/support/e2e/saga.ts';
import { admin, alice, ask, errorOf, target } from './graphql-flights.ts';

describe('flights of a departure airport', () => {
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
  ])('by the composite key %j, in both directions and by pages', async (arrivalAirportCodeDepartureDate, expected) => {
    expect(await found({ arrivalAirportCodeDepartureDate })).toEqual(expected);
    expect(await found({ arrivalAirportCodeDepartureDate, limit: 2, sortDirection: 'DESC' })).toEqual(
      [...expected].reverse(),
    );
  });

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
