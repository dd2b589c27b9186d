import { defineLeg, text, time } from '#functions/trip/define-leg.ts';
import { perNight } from '#functions/trip/prices.ts';

export const hotel = defineLeg({
  name: 'hotel',
  called: 'a hotel',
  itemType: 'Hotel',
  runTypeStem: 'Hotel',
  states: { reserve: 'ReserveHotel', confirm: 'ConfirmHotelBooking', cancel: 'CancelHotelReservation' },
  fields: { hotel: text(), check_in: time(), check_out: time() },
  identity: ['hotel', 'check_in'],
  source: { from: 'request', price: perNight(100, { from: 'check_in', to: 'check_out' }) },
  demo: { hotel: 'holiday inn', check_in: '2021-07-10T12:00:00.000Z', check_out: '2021-07-12T14:00:00.000Z' },
});
