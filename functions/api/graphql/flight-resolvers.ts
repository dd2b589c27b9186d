import { randomUUID } from 'node:crypto';
import type { Flight, FlightChanges, FlightCheck, NewFlight } from '#functions/flight/flight-catalog.ts';
import type { Page } from '#functions/shared/http/page.ts';
import type {
  ModelFlightByDepartureScheduleCompositeKeyInput,
  ModelFlightConditionInput,
  ModelFlightFilterInput,
  MutationCreateFlightArgs,
  MutationDeleteFlightArgs,
  MutationUpdateFlightArgs,
  QueryGetFlightArgs,
  QueryGetFlightByScheduleArgs,
  QueryListFlightsArgs,
} from '#schema/graphql/types.ts';
import { type Connection, type ConnectionArguments, connectionOf } from './connection.ts';
import type { GraphQlContext } from './context.ts';
import { conditionFailed, unauthorized } from './errors.ts';
import { type AttributesOf, compileFilter, type FilterInput, isEmptyFilter, mentionsAttribute } from './filter.ts';
import { checkFlightInput, withoutAllocation } from './flight-input.ts';
import { flightType } from './flight-type.ts';
import { compositeKeyCondition, partitionKey } from './key-conditions.ts';
import { given, keyText, maybeFlightId } from './text-rules.ts';

const scheduleArgument = 'arrivalAirportCodeDepartureDate';
/** The parts of the schedule's key from the left; does not compile where the schema has another. */
const scheduleParts = Object.keys({
  arrivalAirportCode: true,
  departureDate: true,
} satisfies Record<keyof ModelFlightByDepartureScheduleCompositeKeyInput, true>);

const attributesOf = (flight: Flight): AttributesOf<ModelFlightFilterInput & ModelFlightConditionInput> => ({
  ...flightType(flight),
});

async function flightConnection(
  args: ConnectionArguments,
  query: unknown,
  { caller }: GraphQlContext,
  read: Parameters<typeof connectionOf<Flight>>[1]['read'],
): Promise<Connection<ReturnType<typeof flightType>>> {
  const { items, nextToken } = await connectionOf<Flight>(args, {
    query: [caller.sub, query],
    read: (request): Promise<Page<Flight>> => read(request),
    attributesOf,
  });
  return { items: items.map(flightType), nextToken };
}

const seatFields = ['seatCapacity', 'seatAllocation'];

/** The write is bound to the free seats only where the condition names them: a flight that sells would refuse it. */
function conditionCheck(condition: FilterInput | null | undefined): FlightCheck | undefined {
  if (isEmptyFilter(condition)) return undefined;
  const holds = compileFilter(condition);
  const check = (flight: Flight): void => {
    if (!holds(attributesOf(flight))) throw conditionFailed();
  };
  return Object.assign(check, { ignoresSeats: !seatFields.some((field) => mentionsAttribute(condition, field)) });
}

function requireAdmin({ caller }: GraphQlContext, field: string): void {
  if (!caller.isAdmin) throw unauthorized(`Not Authorized to access ${field} on type Mutation`);
}

export const flightResolvers = {
  async getFlight({ id }: QueryGetFlightArgs, { ports }: GraphQlContext) {
    const flight = maybeFlightId(id) ? await ports.flights.get(id) : undefined;
    return flight === undefined ? null : flightType(flight);
  },

  async listFlights(args: QueryListFlightsArgs, context: GraphQlContext) {
    return flightConnection(args, 'listFlights', context, (page) => context.ports.flights.list(page));
  },

  async getFlightBySchedule(args: QueryGetFlightByScheduleArgs, context: GraphQlContext) {
    const range = args[scheduleArgument];
    const airport = partitionKey(
      'departureAirportCode',
      args.departureAirportCode,
      range ? scheduleArgument : undefined,
    );
    const schedule = compositeKeyCondition(scheduleArgument, scheduleParts, range);
    const descending = args.sortDirection === 'DESC';
    const query = ['getFlightBySchedule', airport, schedule ?? null, descending];
    return flightConnection(args, query, context, (page) =>
      context.ports.flights.bySchedule({ departureAirportCode: airport, schedule, descending, ...page }),
    );
  },

  async createFlight({ input, condition }: MutationCreateFlightArgs, context: GraphQlContext) {
    requireAdmin(context, 'createFlight');
    // Amplify puts the condition to the item that is not there yet.
    if (!compileFilter(condition)({})) throw conditionFailed();
    const { id, ...fields } = withoutAllocation(input);
    checkFlightInput(fields);
    const flight: NewFlight = { ...fields, id: given(id, (named) => keyText('input.id', named)) ?? randomUUID() };
    return flightType(await context.ports.flights.create(flight, context.ports.now()));
  },

  async updateFlight({ input, condition }: MutationUpdateFlightArgs, context: GraphQlContext) {
    requireAdmin(context, 'updateFlight');
    const check = conditionCheck(condition);
    const { id, ...changes } = withoutAllocation(input);
    checkFlightInput(changes);
    if (!maybeFlightId(id)) throw conditionFailed();
    const { flights, now } = context.ports;
    return flightType(await flights.update(id, changes as FlightChanges, now(), check));
  },

  async deleteFlight({ input: { id }, condition }: MutationDeleteFlightArgs, context: GraphQlContext) {
    requireAdmin(context, 'deleteFlight');
    const check = conditionCheck(condition);
    if (!maybeFlightId(id)) throw conditionFailed();
    return flightType(await context.ports.flights.remove(id, check));
  },
};
