import { cancelBooking, closeBooking, confirmBooking, reserveBooking } from '#functions/booking/steps/booking-steps.ts';
import { dynamoDbFlightPresence } from '#functions/booking/steps/dynamodb-flight-presence.ts';
import { dynamoDbHeaderStore } from '#functions/booking/steps/dynamodb-header-store.ts';
import { allLegs } from '#functions/legs.ts';
import { ledgerGateway } from '#functions/payment/ledger-gateway.ts';
import { refundPayment, takePayment } from '#functions/payment/payment.ts';
import { dynamoDbReservationStore } from '#functions/shared/saga/dynamodb-reservation-store.ts';
import { cancelLeg, confirmLeg, reserveLeg } from '#functions/shared/saga/leg.ts';
import type { BookingRunInput, CompensationInput } from '#functions/trip/run-input.ts';
import type { FenceOutcome } from '#schema/saga-input.ts';
import type { TestTable } from './booking-table.ts';
import { runSeatTask } from './seat-tasks.ts';
import { openedAtOf } from './trips.ts';

export interface SagaSteps {
  /** By state name, in the machine's order. */
  readonly forward: ReadonlyMap<string, (trip: BookingRunInput) => Promise<void>>;
  readonly fence: (run: CompensationInput) => Promise<FenceOutcome>;
  /** By state name, newest layer first. */
  readonly backward: ReadonlyMap<string, (run: CompensationInput) => Promise<void>>;
  readonly close: (run: CompensationInput) => Promise<void>;
}

type Forward = [state: string, step: (trip: BookingRunInput) => Promise<void>];
type Backward = [state: string, step: (run: CompensationInput) => Promise<void>];

/** The functions behind the machine's states, over one table. */
export function sagaSteps(table: TestTable): SagaSteps {
  const legs = { reservations: dynamoDbReservationStore(table.table) };
  const payment = { ...legs, gateway: ledgerGateway(table.table) };
  const booking = { headers: dynamoDbHeaderStore(table.table, async () => undefined), count: () => undefined };
  const reserveSeat = async (trip: BookingRunInput): Promise<void> => {
    if (!(await runSeatTask('ReserveSeat', trip, table))) throw new Error('sold out');
  };
  const reservations = allLegs.flatMap((leg): Forward[] => {
    const reserve: Forward = [leg.states.reserve, (trip) => reserveLeg(leg, trip, legs)];
    return leg.source.from === 'flight' ? [['ReserveSeat', reserveSeat], reserve] : [reserve];
  });
  const cancellations = allLegs.toReversed().flatMap((leg): Backward[] => {
    const cancel: Backward = [leg.states.cancel, (run) => cancelLeg(leg, run, legs)];
    const releaseSeat: Backward = ['ReleaseSeat', async (run) => void (await runSeatTask('ReleaseSeat', run, table))];
    return leg.source.from === 'flight' ? [cancel, releaseSeat] : [cancel];
  });
  return {
    forward: new Map<string, (trip: BookingRunInput) => Promise<void>>([
      ['ReserveBooking', (trip) => reserveBooking({ opened_at: openedAtOf(trip), ...trip }, booking)],
      ...reservations,
      ['TakePayment', (trip) => takePayment(trip, payment)],
      ...allLegs.map((leg): Forward => [leg.states.confirm, (trip) => confirmLeg(leg, trip, legs)]),
      ['ConfirmBooking', (trip) => confirmBooking(trip, booking)],
    ]),
    fence: (run) => cancelBooking(run, { ...booking, flights: dynamoDbFlightPresence(table.table) }),
    backward: new Map<string, (run: CompensationInput) => Promise<void>>([
      ['RefundPayment', (run) => refundPayment(run, payment)],
      ...cancellations,
    ]),
    close: (run) => closeBooking(run, booking),
  };
}
