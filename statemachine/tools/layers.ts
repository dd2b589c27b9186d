/** The saga's layers in the order in which they are built up: what does it, and what undoes it. */
export const layers = [
  { forward: 'ReserveHotel', compensation: 'CancelHotelReservation' },
  { forward: 'ReserveSeat', compensation: 'ReleaseSeat' },
  { forward: 'ReserveFlight', compensation: 'CancelFlightReservation' },
  { forward: 'ReserveRental', compensation: 'CancelRentalReservation' },
  { forward: 'TakePayment', compensation: 'RefundPayment' },
] as const;

/** The step whose unknown outcome says nothing of how far an earlier run of the same name got. */
const opening = 'ReserveBooking';

/** What has to be undone, newest first, when the forward state fails: all layers up to it, its own included. */
export function compensationsAfterFailureOf(forwardOrder: readonly string[], failed: string): string[] {
  const reached = failed === opening ? forwardOrder : forwardOrder.slice(0, forwardOrder.indexOf(failed) + 1);
  return layers
    .filter((layer) => reached.includes(layer.forward))
    .map((layer) => layer.compensation)
    .reverse();
}
