import '#test/support/lambda-environment.ts';
import { describe, expect, it } from '@jest/globals';
import { flightRoutes } from '#functions/api/rest/flight-routes.ts';
import { restHandler } from '#functions/api/rest/rest-handler.ts';
import type { Flight, ScheduleRequest } from '#functions/flight/flight-catalog.ts';
import { meets } from '#functions/shared/http/key-condition.ts';
import type { Page, PageRequest } from '#functions/shared/http/page.ts';
import { departureScheduleOf } from '#schema/table.ts';
import { aFlightInput } from '#test/support/e2e/graphql.ts';
import { aContext, outputOfEachTest } from '#test/support/lambda-invocation.ts';

outputOfEachTest();

const aFlight = (id: string, departureAirportCode: string, arrivalAirportCode: string, departureDate: string): Flight =>
  ({
    ...aFlightInput({ id, departureAirportCode, arrivalAirportCode, departureDate }),
    createdAt: 'then',
    updatedAt: 'later',
  }) as unknown as Flight;

const flights = [
  aFlight('early', 'LGW', 'MAD', '2021-07-10T06:00+0000'),
  aFlight('next-day', 'LGW', 'MAD', '2021-07-11T06:00+0000'),
  aFlight('dublin', 'LGW', 'DUB', '2021-07-10T08:00+0000'),
  aFlight('back', 'MAD', 'LGW', '2021-07-10T09:00+0000'),
];

/** The next page begins after the last flight of this one. */
function pageOf(found: readonly Flight[], { limit, cursor }: PageRequest): Page<Flight> {
  const from = found.findIndex(({ id }) => id === cursor?.id) + 1;
  const items = found.slice(from, from + limit);
  return { items, ...(from + limit < found.length ? { cursor: { id: items.at(-1)?.id ?? '' } } : {}) };
}

const catalog = {
  list: async (request: PageRequest) => pageOf(flights, request),
  bySchedule: async ({ departureAirportCode, schedule, ...request }: ScheduleRequest) =>
    pageOf(
      flights.filter(
        (flight) =>
          flight.departureAirportCode === departureAirportCode &&
          (schedule === undefined || meets(schedule, departureScheduleOf(flight))),
      ),
      request,
    ),
};

const handler = restHandler(flightRoutes({ flights: catalog }));

async function list(query: Record<string, string>) {
  const event = {
    routeKey: 'GET /flights',
    rawPath: '/flights',
    rawQueryString: new URLSearchParams(query).toString(),
    queryStringParameters: query,
    headers: {},
    requestContext: { http: { method: 'GET' }, authorizer: { jwt: { claims: { sub: 'ann' } } } },
  };
  const { statusCode, body = '' } = await handler(event as unknown as Parameters<typeof handler>[0], aContext());
  return { statusCode, body: JSON.parse(body) };
}

const idsOf = ({ body }: Awaited<ReturnType<typeof list>>): string[] => body.items.map(({ id }: Flight) => id);

describe('GET /flights', () => {
  it.each([
    [{}, ['early', 'next-day', 'dublin', 'back']],
    [{ departureAirportCode: 'LGW' }, ['early', 'next-day', 'dublin']],
    [{ departureAirportCode: 'LGW', arrivalAirportCode: 'MAD' }, ['early', 'next-day']],
    [{ departureAirportCode: 'LGW', arrivalAirportCode: 'MAD', departureDate: '2021-07-11' }, ['next-day']],
    [{ departureAirportCode: 'LGW', departureDate: '2021-07-10' }, ['early', 'dublin']],
    [{ arrivalAirportCode: 'LGW' }, ['back']],
    [{ departureDate: '2021-07-10' }, ['early', 'dublin', 'back']],
    [{ departureAirportCode: 'DUB' }, []],
  ])('given %j, then these flights: %j', async (query, ids) => {
    expect(idsOf(await list(query))).toEqual(ids);
  });

  it('gives pages whose tokens are of the same query alone, and hides when an item was written', async () => {
    const first = await list({ departureAirportCode: 'LGW', limit: '2' });
    const { nextToken } = first.body;
    expect(first.body.items[0]).not.toHaveProperty('createdAt');
    expect(idsOf(first)).toEqual(['early', 'next-day']);

    const second = await list({ departureAirportCode: 'LGW', limit: '2', nextToken });
    expect([idsOf(second), second.body.nextToken]).toEqual([['dublin'], undefined]);
    expect(await list({ departureAirportCode: 'MAD', limit: '2', nextToken })).toMatchObject({ statusCode: 400 });
  });
});
