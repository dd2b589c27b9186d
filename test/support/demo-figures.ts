import { legs } from '#functions/legs.ts';
import { majorUnits, minorUnits } from '#functions/shared/money/decimal-amount.ts';
import { demoPrice } from '#functions/trip/demo-trip.ts';

/** The seed example's trip, spelled by hand: its contract, not what the legs' demo values make of it. */
export const exampleTrip = {
  depart: 'London',
  depart_at: '2021-07-10T06:00:00.000Z',
  arrive: 'Dublin',
  arrive_at: '2021-07-12T08:00:00.000Z',
  hotel: 'holiday inn',
  check_in: '2021-07-10T12:00:00.000Z',
  check_out: '2021-07-12T14:00:00.000Z',
  rental: 'Volvo',
  rental_from: '2021-07-10T00:00:00.000Z',
  rental_to: '2021-07-12T00:00:00.000Z',
} as const;

/** The price of the demo's trip in minor units, and the points that it earns. */
export const demoMinorUnits = minorUnits(demoPrice.amount);
export const demoPoints = Math.floor(majorUnits(demoPrice.amount));

/** Items of a booked trip with all legs: its header, its legs, its payment. */
export const bookedItems = 1 + legs.length + 1;
