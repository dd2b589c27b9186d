/** The catalog with its seats, and who holds each seat of a flight. */
import { tripIdOf } from '#schema/saga-input.ts';
import { indexes, keys } from '#schema/table.ts';
import type { Attributes, FlightData, FlightRow, Seat, Seen } from '../../model/data.ts';
import { accessPattern } from './access-patterns.ts';
import { type TableReader, textOf } from './table-reader.ts';

const mostFlights = 500;

export async function flightsOf(table: TableReader): Promise<Seen<FlightRow[]>> {
  const { items, isCut } = await table.scan(indexes.byDepartureSchedule.name, mostFlights);
  // The index leaves the holds out.
  const flights = await table.getAll(items.map(({ id }) => keys.flightInventory(textOf(id))));
  return {
    patterns: [accessPattern('AP7'), accessPattern('AP4')],
    data: flights.map(flightRow).sort((one, other) => (one.departs < other.departs ? -1 : 1)),
    ...(isCut && { note: `${mostFlights} flights of more.` }),
  };
}

/** Undefined where the catalog has no such flight. */
export async function flightOf(table: TableReader, id: string): Promise<Seen<FlightData> | undefined> {
  const flight = await table.get(keys.flightInventory(id));
  if (flight === undefined) return undefined;
  const holds = holdsOf(flight);
  const headers = await table.getAll(holds.map((executionId) => keys.booking(tripIdOf(executionId))));
  const headerOf = new Map(headers.map((header) => [textOf(header.id), header]));
  const data = {
    ...flightRow(flight),
    seats: holds.map((executionId) => seatOf(executionId, headerOf.get(tripIdOf(executionId)))),
  };
  return { patterns: [accessPattern('AP4'), accessPattern('AP1')], data };
}

/** A hold is its booking's only while the header is of the run that holds it. */
function seatOf(executionId: string, header: Attributes | undefined): Seat {
  const trip = tripIdOf(executionId);
  const isOwn = header?.execution_id === executionId && header.status !== 'CANCELLED';
  if (!isOwn) return { state: 'lost', executionId, trip, customer: undefined };
  return {
    state: header.status === 'CONFIRMED' ? 'sold' : 'held',
    executionId,
    trip,
    customer: textOf(header.customer),
  };
}

function flightRow(flight: Attributes): FlightRow {
  return {
    id: textOf(flight.id),
    route: `${textOf(flight.departureAirportCode)} → ${textOf(flight.arrivalAirportCode)}`,
    departs: textOf(flight.departureDate),
    price: `${textOf(flight.ticketPrice)} ${textOf(flight.ticketCurrency)}`,
    free: Number(flight.seatCapacity ?? 0),
    taken: holdsOf(flight).length,
  };
}

const holdsOf = ({ seatHolds }: Attributes): string[] => (Array.isArray(seatHolds) ? seatHolds.map(textOf).sort() : []);
