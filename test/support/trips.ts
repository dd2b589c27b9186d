import { randomBytes, randomUUID } from 'node:crypto';
import type { BookingHeader } from '#functions/booking/steps/header-store.ts';
import type { ChargeRequest } from '#functions/payment/payment-gateway.ts';
import { demoPrice, demoTrip } from '#functions/trip/demo-trip.ts';
import { keptRunOf } from '#functions/trip/kept-run.ts';
import type { BookingRunInput, CompensationInput } from '#functions/trip/run-input.ts';
import { requestedFields } from '#functions/trip/trip-values.ts';
import { cancelRunInput, tripIdOf } from '#schema/saga-input.ts';

/** An execution of a trip; give the trip where two executions are about the same one. */
export const anExecutionId = (tripId: string = randomUUID()): string => `${tripId}.${randomBytes(6).toString('hex')}`;

type Overrides<Input> = { [Field in keyof Input]?: Input[Field] | undefined };

/** A booking run with all legs; an override of `undefined` leaves the field out. */
export function aTrip(overrides: Overrides<BookingRunInput> = {}): BookingRunInput {
  const executionId = overrides.execution_id ?? anExecutionId(overrides.trip_id);
  const trip = {
    trip_id: tripIdOf(executionId),
    ...demoTrip,
    execution_id: executionId,
    started_at: '2026-03-01T10:00:00.000Z',
    outbound_flight_id: `flight-${tripIdOf(executionId)}`,
    customer: 'alice',
    payment_token: `token-${executionId}`,
    ...demoPrice,
    ...overrides,
  };
  return Object.fromEntries(Object.entries(trip).filter(([, value]) => value !== undefined)) as BookingRunInput;
}

/** A flight and nothing else. */
export const aFlightAlone = (overrides: Overrides<BookingRunInput> = {}): BookingRunInput =>
  aTrip({ ...Object.fromEntries(requestedFields.map((field) => [field, undefined])), ...overrides });

/** Another execution of the same trip, started a second later unless told. */
export const anotherRunOf = (trip: BookingRunInput, overrides: Overrides<BookingRunInput> = {}): BookingRunInput => {
  const executionId = anExecutionId(trip.trip_id);
  return aTrip({
    ...trip,
    execution_id: executionId,
    payment_token: `token-${executionId}`,
    started_at: '2026-03-01T10:00:01.000Z',
    ...overrides,
  });
};

/** A cancel run of the booking run. */
export const aCancelOf = (trip: BookingRunInput, cause: 'customer' | 'redrive' = 'customer'): CompensationInput =>
  cancelRunInput(trip, cause) as CompensationInput;

/** The header of the booking run. */
export const headerOf = ({
  outbound_flight_id: outboundFlightId,
  payment_token: paymentToken,
  ...trip
}: BookingRunInput): BookingHeader => {
  const { trip_id, execution_id, started_at, customer } = trip;
  const openedAt = openedAtOf(trip);
  const run = keptRunOf(trip as BookingRunInput);
  return { trip_id, execution_id, started_at, customer, outboundFlightId, paymentToken, openedAt, run };
};

/** `$$.Execution.StartTime` of an execution that is started once. */
export const openedAtOf = ({ execution_id }: Pick<BookingRunInput, 'execution_id'>): string =>
  `2026-03-01T10:00:00.100Z of ${execution_id}`;

/** The request that authorizes what the trip is paid with; such a gateway takes the id for the token. */
export const aChargeOf = ({
  payment_token: requestId,
  customer,
}: Pick<BookingRunInput, 'payment_token' | 'customer'>): ChargeRequest => ({
  requestId,
  cardToken: 'tok_visa',
  customer,
});
