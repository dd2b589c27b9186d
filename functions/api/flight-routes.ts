import type { Flight, FlightCatalog } from '#functions/flight/flight-catalog.ts';
import type { PageTokens } from '#functions/shared/page-token.ts';
import { defaultPageSize } from '#schema/http/bookings.ts';
import type { FlightAnswer } from '#schema/http/flights.ts';
import { FlightsQuery } from '#schema/http/flights.ts';
import { callerOf } from './caller.ts';
import { jsonResponse } from './http-handler.ts';
import { readQuery } from './read-request.ts';
import type { RestRequest, RestRoutes } from './rest-handler.ts';

export interface FlightRoutePorts {
  readonly flights: Pick<FlightCatalog, 'bySchedule'>;
  readonly tokens: PageTokens;
}

export function flightRoutes(ports: FlightRoutePorts): RestRoutes {
  return { 'GET /flights': { operation: 'listFlights', run: (request) => listFlights(request, ports) } };
}

async function listFlights({ event }: RestRequest, { flights, tokens }: FlightRoutePorts) {
  const { departureAirportCode, arrivalAirportCode, departureDate, limit, nextToken } = readQuery(event, FlightsQuery);
  const query = [
    'listFlights',
    callerOf(event).sub,
    departureAirportCode,
    arrivalAirportCode ?? null,
    departureDate ?? null,
  ];
  const page = await flights.bySchedule({
    departureAirportCode,
    ...(arrivalAirportCode === undefined
      ? {}
      : { schedule: { beginsWith: `${arrivalAirportCode}#${departureDate ?? ''}` } }),
    limit: limit === undefined ? defaultPageSize : Number(limit),
    ...(nextToken === undefined ? {} : { cursor: await tokens.open(query, nextToken) }),
  });
  // The index has arrivals before dates: a date alone filters what was read, so that pages may be short.
  const items = page.items.filter((flight) => flight.departureDate.startsWith(departureDate ?? ''));
  return jsonResponse(200, {
    items: items.map(viewOf),
    ...(page.cursor === undefined ? {} : { nextToken: await tokens.seal(query, page.cursor) }),
  });
}

function viewOf({ createdAt, updatedAt, ...view }: Flight): FlightAnswer {
  return view;
}
