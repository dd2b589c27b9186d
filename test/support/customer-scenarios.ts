import { cancelRunInput } from '#schema/saga-input.ts';
import { bookedItems } from '#test/support/demo-figures.ts';
import * as operations from './e2e/amplify-operations.ts';
import { aConfirmedBooking, api, bookingAt } from './e2e/api.ts';
import { type Customer, customerOf } from './e2e/customers.ts';
import { aFlightInput, aGraphQlBooking, graphQlBookingAt, graphQlData } from './e2e/graphql.ts';
import {
  aTripId,
  deadLettersOf,
  ended,
  executionArn,
  headerOf,
  itemsOf,
  startDemo,
  startExecution,
} from './e2e/saga.ts';
import { aTripOf, book, type FaultyCloud, undone } from './faulty-cloud.ts';
import {
  aLongBooked,
  anUntoldCancellation,
  backward,
  expectEqual,
  expectLogs,
  expectStanding,
  flightsFromGatwick,
  forward,
  type Scenario,
  soon,
} from './permission-checks.ts';

/** The things that customers must be able to do; each throws if it fails. */
export const customerScenarios = {
  health: async ({ apiUrl, cloud }) => {
    const since = Date.now();
    expectEqual((await fetch(`${apiUrl}/health`)).status, 200);
    expectLogs({ cloud } as FaultyCloud, ['Health'], since);
  },

  booking: async (target) => {
    const since = Date.now();
    const tripId = aTripId();
    const { status, executionArn: arn } = await startDemo(target, { tripID: tripId });
    expectEqual(status, 200);
    expectEqual((await ended(target, arn)).status, 'SUCCEEDED');
    expectEqual((await itemsOf(target, tripId)).length, bookedItems);
    expectEqual(await deadLettersOf(target, tripId), []);
    expectLogs(target, [...forward, 'NotifyBookingConfirmed', 'StartBooking'], since);
  },

  undoing: async (target) => {
    const since = Date.now();
    const trip = await aTripOf(target, { run_type: 'failBookingConfirmation' });
    expectEqual((await book(target, trip)).error, 'BookingFailed');
    await expectStanding(target, trip, undone);
    expectEqual(await deadLettersOf(target, trip.input.trip_id), []);
    expectLogs(target, backward, since);
  },

  document: async ({ apiUrl, cloud }) => {
    const since = Date.now();
    expectEqual((await fetch(`${apiUrl}/openapi.json`)).status, 200);
    expectLogs({ cloud } as FaultyCloud, ['Openapi'], since);
  },

  /** Every request that a customer makes about bookings. */
  customer: async (target) => {
    const since = Date.now();
    const customer = await customerOf(target, `customer-${aTripId()}`);
    const id = await aConfirmedBooking(target, customer);
    expectEqual((await api(target, customer, '/bookings?limit=1')).status, 200);
    expectEqual((await api(target, customer, `/bookings/${id}/history`)).status, 200);
    const cancelling = await api(target, customer, `/bookings/${id}`, { method: 'DELETE' });
    expectEqual(cancelling.status, 202);
    await bookingAt(target, customer, id, 'CANCELLED');
    expectLogs(target, ['Bookings'], since);
  },

  flights: async (target) => {
    const since = Date.now();
    expectEqual((await flightsFromGatwick(target, '&arrivalAirportCode=DUB&limit=1')).status, 200);
    expectEqual((await api(target, await customerOf(target, 'flights'), '/flights?limit=1')).status, 200);
    expectLogs(target, ['Flights'], since);
  },

  /** Every operation that a front-end sends to GraphQL. */
  graphql: async (target) => {
    const since = Date.now();
    const customer = await customerOf(target, `graphql-${aTripId()}`);
    const admin = await customerOf(target, 'graphql', { admin: true });
    const ask = (who: Customer, query: string, variables: Record<string, unknown> = {}) =>
      graphQlData(target, who, query, variables);
    const { id: flightId } = await ask(admin, operations.createFlight, { input: aFlightInput() });
    await ask(admin, operations.updateFlight, { input: { id: flightId, seatCapacity: 2 } });
    await ask(admin, operations.deleteFlight, { input: { id: flightId } });
    const { id } = await aGraphQlBooking(target, customer);
    await ask(customer, operations.updateBooking, { input: { id, checkedIn: true } });
    await ask(customer, operations.getBookingByStatus, { customer: customer.sub });
    await ask(customer, operations.getFlightBySchedule, { departureAirportCode: 'LGW', limit: 1 });
    for (const lister of [customer, admin]) await ask(lister, operations.listBookings, { limit: 1 });
    await ask(admin, operations.listFlights, { limit: 1 });
    await ask(customer, operations.getLoyalty);
    await ask(customer, operations.cancelBooking, { input: { id } });
    await graphQlBookingAt(target, customer, String(id), 'CANCELLED');
    expectLogs(target, ['Graphql'], since);
  },

  /** Step Functions forgets executions after 90 days, and holidays are booked before. */
  'cancelling what is long booked': async (target) => {
    const customer = await customerOf(target, 'customer');
    const { id, execution_id } = await aLongBooked(target, customer);
    expectEqual((await api(target, customer, `/bookings/${id}`, { method: 'DELETE' })).status, 202);
    await soon(ended(target, executionArn(target, `${execution_id}.cancel`)), 'the cancel run');
    await bookingAt(target, customer, id, 'CANCELLED');
  },

  'cancelling what is long booked through GraphQL': async (target) => {
    const customer = await customerOf(target, 'customer');
    const { id, execution_id } = await aLongBooked(target, customer);
    await graphQlData(target, customer, operations.cancelBooking, { input: { id } });
    await soon(ended(target, executionArn(target, `${execution_id}.cancel`)), 'the cancel run');
    await bookingAt(target, customer, id, 'CANCELLED');
  },

  'a flight that does not exist': async (target) => {
    const trip = await aTripOf(target);
    const input = { ...trip.input, outbound_flight_id: 'no-such-flight' };
    expectEqual((await book(target, { ...trip, input })).error, 'BookingFailed');
    const header = await headerOf(target, input.trip_id);
    expectEqual(
      header?.failureReason,
      'ReserveSeat failed: DynamoDB.ConditionalCheckFailedException: there is no such flight',
    );
  },

  /** A redrive of a run that was stopped before its first step. */
  'undoing what was never opened': async (target) => {
    const { input } = await aTripOf(target);
    const cancel = cancelRunInput(input, 'redrive', 1);
    const run = await ended(target, await startExecution(target, `${input.execution_id}.rr-1`, cancel));
    expectEqual(run.status, 'SUCCEEDED');
    expectEqual((await headerOf(target, input.trip_id))?.status, 'CANCELLED');
  },

  /** The cancelled booking's own run was stopped before it told, and its event is lost. */
  'booking in the place of what was never told': async (target) => {
    const { trip } = await anUntoldCancellation(target);
    expectEqual((await book(target, trip)).status, 'SUCCEEDED');
  },

  'a tombstone in the place of what was never told': async (target) => {
    const { trip } = await anUntoldCancellation(target);
    const cancel = cancelRunInput(trip.input, 'redrive', 1);
    const run = await ended(target, await startExecution(target, `${trip.input.execution_id}.rr-1`, cancel));
    expectEqual(run.status, 'SUCCEEDED');
    expectEqual((await headerOf(target, trip.input.trip_id))?.execution_id, trip.input.execution_id);
  },
} as const satisfies Record<string, Scenario>;
