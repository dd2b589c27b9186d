import { bookOnce } from '#functions/booking/accepting/book-once.ts';
import type { Booking } from '#functions/booking/booking.ts';
import { BookingNotFoundError } from '#functions/booking/booking-errors.ts';
import { listedCustomer, mayListFor, visibleTo } from '#functions/booking/booking-policy.ts';
import { deleteBooking, updateBooking } from '#functions/booking/editing/edit-booking.ts';
import { nothingElse } from '#functions/shared/http/nothing-else.ts';
import type { Page } from '#functions/shared/http/page.ts';
import { bookedTrip } from '#functions/trip/booked-trip.ts';
import type { KeptRun } from '#functions/trip/kept-run.ts';
import type {
  ModelBookingConditionInput,
  ModelBookingFilterInput,
  MutationCancelBookingArgs,
  MutationCreateBookingArgs,
  MutationDeleteBookingArgs,
  MutationProcessBookingArgs,
  MutationUpdateBookingArgs,
  QueryGetBookingArgs,
  QueryGetBookingByStatusArgs,
  QueryListBookingsArgs,
} from '#schema/graphql/types.ts';
import { type Connection, type ConnectionArguments, connectionOf, emptyConnection } from './connection.ts';
import type { GraphQlContext } from './context.ts';
import { conditionFailed } from './errors.ts';
import { type AttributesOf, compileFilter, type FilterInput } from './filter.ts';
import { flightType } from './flight-type.ts';
import { partitionKey, stringKeyCondition } from './key-conditions.ts';
import { bookingId, given, keyText, maybeBookingId } from './text-rules.ts';

type Shown = Pick<Booking, 'id' | 'status' | 'paymentToken' | 'checkedIn' | 'customer' | 'createdAt' | 'updatedAt'> & {
  readonly bookingReference?: string | undefined;
  readonly outboundFlightId: string;
  readonly run?: KeptRun | undefined;
};

/** GraphQL's `Booking`: its flight is read only where it is asked for. */
const bookingType = (booking: Shown) => ({
  ...attributesOf(booking),
  updatedAt: booking.updatedAt,
  ...bookedTrip(booking.run),
  outboundFlight: async (_: unknown, { flightOf }: GraphQlContext) =>
    flightType(await flightOf(booking.outboundFlightId)),
});

/** What filters and conditions may look at. */
function attributesOf(booking: Shown): AttributesOf<ModelBookingFilterInput & ModelBookingConditionInput> {
  const { id, status, paymentToken, checkedIn, customer, createdAt, bookingReference } = booking;
  return { id, status, paymentToken, checkedIn, customer, createdAt, bookingReference };
}

/** Pages are read for one customer or for all; the policy decides which bookings the caller may see. */
async function bookingConnection(
  args: ConnectionArguments,
  query: unknown,
  { caller }: GraphQlContext,
  read: Parameters<typeof connectionOf<Booking>>[1]['read'],
): Promise<Connection<ReturnType<typeof bookingType>>> {
  const visible = async (page: Promise<Page<Booking>>): Promise<Page<Booking>> => {
    const { items, ...rest } = await page;
    return { ...rest, items: items.filter((booking) => visibleTo(caller, booking) !== undefined) };
  };
  const { items, nextToken } = await connectionOf<Booking>(args, {
    query: [caller.sub, caller.isAdmin, query],
    read: (request) => visible(read(request)),
    attributesOf,
  });
  return { items: items.map(bookingType), nextToken };
}

function conditionCheck(condition: FilterInput | null | undefined): (booking: Booking) => void {
  const holds = compileFilter(condition);
  return (booking) => {
    if (!holds(attributesOf(booking))) throw conditionFailed();
  };
}

/** What AppSync answers for a missing item; another customer's booking counts as missing. */
async function notThereAsCondition<Value>(edit: Promise<Value>): Promise<Value> {
  try {
    return await edit;
  } catch (error) {
    throw error instanceof BookingNotFoundError ? conditionFailed() : error;
  }
}

async function processBooking({ input }: MutationProcessBookingArgs, { caller, ports }: GraphQlContext) {
  const { id, clientMutationId, paymentToken, bookingOutboundFlightId, ...others } = input;
  // Clients do not set status, customer and check-in. Generated clients may still send them, so they are ignored.
  const { status: _status, customer: _customer, checkedIn: _checkedIn, ...rest } = others;
  nothingElse(rest);
  const asked = await bookOnce(
    caller,
    {
      key: given(clientMutationId, (key) => keyText('input.clientMutationId', key)),
      request: {
        id: given(id, (named) => bookingId('input.id', named)),
        outboundFlightId: keyText('input.bookingOutboundFlightId', bookingOutboundFlightId),
        paymentToken: keyText('input.paymentToken', paymentToken),
      },
    },
    ports,
  );
  return bookingType(asked);
}

export const bookingResolvers = {
  async getBooking({ id }: QueryGetBookingArgs, { caller, ports }: GraphQlContext) {
    if (!maybeBookingId(id)) return null;
    const booking = visibleTo(caller, await ports.bookings.get(id, caller));
    return booking === undefined ? null : bookingType(booking);
  },

  async listBookings(args: QueryListBookingsArgs, context: GraphQlContext) {
    const { bookings } = context.ports;
    const customer = listedCustomer(context.caller, undefined);
    return bookingConnection(args, 'listBookings', context, (page) =>
      customer === undefined ? bookings.list(page) : bookings.newest({ customer, ...page }),
    );
  },

  async getBookingByStatus(args: QueryGetBookingByStatusArgs, context: GraphQlContext) {
    const { sortDirection } = args;
    const customer = partitionKey('customer', args.customer, args.status ? 'status' : undefined);
    const status = stringKeyCondition('status', args.status);
    if (!mayListFor(context.caller, customer)) return emptyConnection;
    const descending = sortDirection === 'DESC';
    const query = ['getBookingByStatus', customer, status ?? null, descending];
    return bookingConnection(args, query, context, (page) =>
      context.ports.bookings.byStatus({ customer, status, descending, ...page }),
    );
  },

  processBooking,

  async createBooking(args: MutationCreateBookingArgs, context: GraphQlContext) {
    // Amplify puts the condition to the item that is not there yet.
    if (!compileFilter(args.condition)({})) throw conditionFailed();
    return processBooking(args, context);
  },

  async cancelBooking({ input: { id } }: MutationCancelBookingArgs, { caller, ports }: GraphQlContext) {
    if (!maybeBookingId(id)) throw new BookingNotFoundError();
    return bookingType(await ports.cancel(caller, id));
  },

  async updateBooking({ input, condition }: MutationUpdateBookingArgs, { caller, ports }: GraphQlContext) {
    const { id, bookingOutboundFlightId, ...fields } = input;
    const check = conditionCheck(condition);
    if (!maybeBookingId(id)) throw conditionFailed();
    if (typeof fields.bookingReference === 'string') keyText('input.bookingReference', fields.bookingReference);
    const wanted = {
      ...fields,
      ...(bookingOutboundFlightId === undefined ? {} : { outboundFlightId: bookingOutboundFlightId }),
    };
    return bookingType(await notThereAsCondition(updateBooking(caller, id, wanted, check, ports)));
  },

  async deleteBooking({ input: { id }, condition }: MutationDeleteBookingArgs, { caller, ports }: GraphQlContext) {
    const check = conditionCheck(condition);
    if (!maybeBookingId(id)) throw conditionFailed();
    return bookingType(await notThereAsCondition(deleteBooking(caller, id, check, ports)));
  },
};
