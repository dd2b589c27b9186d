import { cancelBooking, closeBooking, confirmBooking, reserveBooking } from '#functions/booking/steps/booking-steps.ts';
import { dynamoDbFlightPresence } from '#functions/booking/steps/dynamodb-flight-presence.ts';
import { dynamoDbHeaderStore } from '#functions/booking/steps/dynamodb-header-store.ts';
import { flightLeg } from '#functions/flight/flight-leg.ts';
import { hotelLeg } from '#functions/hotel/hotel-leg.ts';
import { ledgerGateway } from '#functions/payment/ledger-gateway.ts';
import { refundPayment, takePayment } from '#functions/payment/payment.ts';
import { rentalLeg } from '#functions/rental/rental-leg.ts';
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

/** What stands behind the states of the machine, over one table. */
export function sagaSteps(table: TestTable): SagaSteps {
  const legs = { reservations: dynamoDbReservationStore(table.table) };
  const payment = { ...legs, gateway: ledgerGateway(table.table) };
  const booking = { headers: dynamoDbHeaderStore(table.table, async () => undefined), count: () => undefined };
  return {
    forward: new Map<string, (trip: BookingRunInput) => Promise<void>>([
      ['ReserveBooking', (trip) => reserveBooking({ opened_at: openedAtOf(trip), ...trip }, booking)],
      ['ReserveHotel', (trip) => reserveLeg(hotelLeg, trip, legs)],
      [
        'ReserveSeat',
        async (trip) => {
          if (!(await runSeatTask('ReserveSeat', trip, table))) throw new Error('sold out');
        },
      ],
      ['ReserveFlight', (trip) => reserveLeg(flightLeg, trip, legs)],
      ['ReserveRental', (trip) => reserveLeg(rentalLeg, trip, legs)],
      ['TakePayment', (trip) => takePayment(trip, payment)],
      ['ConfirmHotelBooking', (trip) => confirmLeg(hotelLeg, trip, legs)],
      ['ConfirmFlight', (trip) => confirmLeg(flightLeg, trip, legs)],
      ['ConfirmRental', (trip) => confirmLeg(rentalLeg, trip, legs)],
      ['ConfirmBooking', (trip) => confirmBooking(trip, booking)],
    ]),
    fence: (run) => cancelBooking(run, { ...booking, flights: dynamoDbFlightPresence(table.table) }),
    backward: new Map<string, (run: CompensationInput) => Promise<void>>([
      ['RefundPayment', (run) => refundPayment(run, payment)],
      ['CancelRentalReservation', (run) => cancelLeg(rentalLeg, run, legs)],
      ['CancelFlightReservation', (run) => cancelLeg(flightLeg, run, legs)],
      ['ReleaseSeat', async (run) => void (await runSeatTask('ReleaseSeat', run, table))],
      ['CancelHotelReservation', (run) => cancelLeg(hotelLeg, run, legs)],
    ]),
    close: (run) => closeBooking(run, booking),
  };
}
