import { defineLeg, text, time } from '#functions/trip/define-leg.ts';
import { perStartedDay } from '#functions/trip/prices.ts';

export const rental = defineLeg({
  name: 'rental',
  called: 'a car',
  itemType: 'Rental',
  runTypeStem: 'Rental',
  states: { reserve: 'ReserveRental', confirm: 'ConfirmRental', cancel: 'CancelRentalReservation' },
  fields: { rental: text(), rental_from: time(), rental_to: time() },
  identity: ['rental', 'rental_from'],
  source: { from: 'request', price: perStartedDay(50, { from: 'rental_from', to: 'rental_to' }) },
  demo: { rental: 'Volvo', rental_from: '2021-07-10T00:00:00.000Z', rental_to: '2021-07-12T00:00:00.000Z' },
});
