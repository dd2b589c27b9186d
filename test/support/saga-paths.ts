/** The saga's paths, spelled out by hand: what the ASL has to walk, not what it is read to walk. */

export const forwardPath = [
  'RouteAction',
  'ReserveBooking',
  'ReserveHotel',
  'ReserveSeat',
  'ReserveFlight',
  'ReserveRental',
  'TakePayment',
  'ConfirmHotelBooking',
  'ConfirmFlight',
  'ConfirmRental',
  'ConfirmBooking',
] as const;

export const booked = 'We have made your booking!';
export const sorry = "Sorry, We Couldn't make the booking";
export const cancelled = 'We have cancelled your booking';

const allLayers = [
  'RefundPayment',
  'CancelRentalReservation',
  'CancelFlightReservation',
  'ReleaseSeat',
  'CancelHotelReservation',
] as const;

export const layersAfterFailureOf: Readonly<Record<string, readonly string[]>> = {
  // Of unknown outcome: an earlier run of the name may have got further.
  ReserveBooking: allLayers,
  ReserveHotel: ['CancelHotelReservation'],
  ReserveSeat: ['ReleaseSeat', 'CancelHotelReservation'],
  ReserveFlight: ['CancelFlightReservation', 'ReleaseSeat', 'CancelHotelReservation'],
  ReserveRental: ['CancelRentalReservation', 'CancelFlightReservation', 'ReleaseSeat', 'CancelHotelReservation'],
  TakePayment: allLayers,
  ConfirmHotelBooking: allLayers,
  ConfirmFlight: allLayers,
  ConfirmRental: allLayers,
  ConfirmBooking: allLayers,
};

export const closing = ['CompensationOutcome', 'CloseBooking', 'NotifyBookingFailed', 'FinalOutcome'] as const;

/** States entered by a booking run in which `failed` fails for good and everything is undone. */
export function undonePath(failed: string): string[] {
  const reached = forwardPath.slice(0, forwardPath.indexOf(failed as (typeof forwardPath)[number]) + 1);
  return [...reached, 'CancelBooking', 'PeelBack', ...(layersAfterFailureOf[failed] ?? []), ...closing, sorry];
}

/** States entered by a cancel run that undoes everything. */
export const cancelRunPath = ['RouteAction', 'CancelBooking', 'PeelBack', ...allLayers, ...closing, cancelled];

/** The forward states that a function of their own does, up to the commit. */
export const forwardFunctions = forwardPath.filter((state) => state !== 'RouteAction' && state !== 'ReserveSeat');

/** The states of undoing that a function of their own does, all layers included. */
export const backwardFunctions = [
  'CancelBooking',
  ...allLayers.filter((layer) => layer !== 'ReleaseSeat'),
  'CloseBooking',
  'NotifyBookingFailed',
] as const;
