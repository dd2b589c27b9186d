import type { Flight, FlightCatalog } from '#functions/flight/flight-catalog.ts';
import { callerOf } from '#functions/shared/http/caller.ts';
import { nothingElse } from '#functions/shared/http/nothing-else.ts';
import type { FlightAnswer } from '#schema/http/flights.ts';
import { FlightsQuery } from '#schema/http/flights.ts';
import { departureScheduleOf } from '#schema/table.ts';
import { answerPage } from './answer-page.ts';
import { queried } from './queried.ts';
import type { RestRequest, RestRoutes } from './rest-handler.ts';

export interface FlightRoutePorts {
  readonly flights: Pick<FlightCatalog, 'bySchedule' | 'list'>;
}

export function flightRoutes(ports: FlightRoutePorts): RestRoutes {
  const route = queried({
    operation: 'listFlights',
    query: FlightsQuery,
    run: (request, query) => listFlights(request, query, ports),
  });
  return { 'GET /flights': route };
}

async function listFlights({ event }: RestRequest, query: FlightsQuery, { flights }: FlightRoutePorts) {
  const { departureAirportCode, arrivalAirportCode, departureDate, limit, nextToken, ...rest } = query;
  nothingElse(rest);
  const asked = [departureAirportCode ?? null, arrivalAirportCode ?? null, departureDate ?? null];
  const schedule =
    arrivalAirportCode === undefined
      ? undefined
      : { beginsWith: departureScheduleOf({ arrivalAirportCode, departureDate: departureDate ?? '' }) };
  return answerPage({
    page: { limit, nextToken },
    query: ['listFlights', callerOf(event).sub, ...asked],
    read: (request) =>
      departureAirportCode === undefined
        ? flights.list(request)
        : flights.bySchedule({ departureAirportCode, schedule, ...request }),
    // The index has departures before arrivals before dates: one that comes without those before it filters what was read,
    // so that pages may be short.
    view: (items) =>
      items
        .filter((flight) => arrivalAirportCode === undefined || flight.arrivalAirportCode === arrivalAirportCode)
        .filter((flight) => flight.departureDate.startsWith(departureDate ?? ''))
        .map(viewOf),
  });
}

function viewOf({ createdAt, updatedAt, ...view }: Flight): FlightAnswer {
  return view;
}
