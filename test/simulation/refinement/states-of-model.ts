import { step } from '#test/model/machine/steps.ts';

/**
 * The model's step that a run is at when it enters a state of the machine. The hotel stands for all legs there, so the other
 * legs' states are on the way to the next step. Undefined where the state itself decides where the run goes.
 */
const steps: Readonly<Record<string, number>> = {
  ReserveBooking: step.reserveBooking,
  ReserveHotel: step.reserveHotel,
  ReserveSeat: step.reserveSeat,
  ReserveFlight: step.takePayment,
  ReserveRental: step.takePayment,
  TakePayment: step.takePayment,
  ConfirmHotelBooking: step.confirmHotel,
  ConfirmFlight: step.confirmBooking,
  ConfirmRental: step.confirmBooking,
  ConfirmBooking: step.confirmBooking,
  NotifyBookingConfirmed: step.notifyConfirmed,
  CancelBooking: step.cancelBooking,
  RefundPayment: step.refundPayment,
  CancelRentalReservation: step.releaseSeat,
  CancelFlightReservation: step.releaseSeat,
  ReleaseSeat: step.releaseSeat,
  CancelHotelReservation: step.cancelHotel,
  CloseBooking: step.closeBooking,
  NotifyBookingFailed: step.notifyCancelled,
  SendConfirmationToDeadLetterQueue: step.ended,
  SendCancellationToDeadLetterQueue: step.ended,
  SendToDeadLetterQueue: step.ended,
  CompensationIncomplete: step.ended,
  FinalOutcome: step.ended,
};

const otherLegs: ReadonlySet<string> = new Set([
  ...['ReserveFlight', 'ReserveRental', 'ConfirmFlight', 'ConfirmRental'],
  ...['CancelRentalReservation', 'CancelFlightReservation'],
]);

export const stepAt = (state: string): number | undefined => steps[state];

/** The step whose writes this state does; undefined where the model does not know them. */
export const stepDoneBy = (state: string): number | undefined => {
  const at = otherLegs.has(state) ? undefined : steps[state];
  return at === step.ended ? undefined : at;
};
