/**
 * The demo's run types: what a caller may ask to go wrong. Each names the one state that fails.
 * The short forms are the seed example's and mean the reservation.
 */
export const failingStateByRunType = {
  success: undefined,
  failHotelReservation: 'ReserveHotel',
  failHotelConfirmation: 'ConfirmHotelBooking',
  failFlightsReservation: 'ReserveFlight',
  failFlightsConfirmation: 'ConfirmFlight',
  failRentalReservation: 'ReserveRental',
  failRentalConfirmation: 'ConfirmRental',
  failPayment: 'TakePayment',
  failBookingConfirmation: 'ConfirmBooking',
  failNotification: 'NotifyBookingConfirmed',
  failHotel: 'ReserveHotel',
  failFlights: 'ReserveFlight',
  failRental: 'ReserveRental',
} as const;

export type RunType = keyof typeof failingStateByRunType;

export const runTypes = Object.keys(failingStateByRunType) as readonly RunType[];

export function isRunType(value: string): value is RunType {
  return Object.hasOwn(failingStateByRunType, value);
}
