import { describe, expect, it } from '@jest/globals';
import { allLegs } from '#functions/legs.ts';
import { bookedTrip } from '#functions/trip/booked-trip.ts';
import { BookedBooking } from '#functions/trip/booking-answer.ts';
import { demoPrice, demoSections, demoTrip } from '#functions/trip/demo-trip.ts';
import { type KeptRun, keptRunOf } from '#functions/trip/kept-run.ts';
import { aTrip } from '#test/support/trips.ts';

const kept = keptRunOf(aTrip({ ...demoTrip, ...demoPrice }));
const without = (...fields: string[]): KeptRun =>
  Object.fromEntries(Object.entries(kept).filter(([field]) => !fields.includes(field))) as KeptRun;

describe('bookedTrip', () => {
  it('tells price and legs by the names that a request has for them', () => {
    const { depart, depart_at: departAt, arrive, arrive_at: arriveAt } = demoTrip;
    expect(bookedTrip(kept)).toEqual({
      price: demoPrice,
      ...demoSections,
      flight: { depart, departAt, arrive, arriveAt },
    });
  });

  it.each(allLegs.map((leg) => [leg.name, leg] as const))(
    'leaves out the %s where it was not asked for, or is not whole',
    (name, { fields }) => {
      const [first = '', ...rest] = Object.keys(fields);
      for (const missing of [[first, ...rest], [first], rest])
        expect(Object.keys(bookedTrip(without(...missing))).sort()).toEqual(
          ['price', ...allLegs.map((leg) => leg.name)].filter((key) => key !== name).sort(),
        );
    },
  );

  it.each(['amount', 'currency'])('leaves out the price without %s', (field) => {
    expect(bookedTrip(without(field))).not.toHaveProperty('price');
  });

  it.each([[undefined], [{}]])('given %j of an older release or a tombstone, then it tells nothing', (run) => {
    expect(bookedTrip(run)).toEqual({});
  });

  it('tells nothing of faults', () => {
    expect(JSON.stringify(bookedTrip({ ...kept, run_type: 'failPayment', cancel_failure_rate: 1 }))).not.toMatch(
      /fail/i,
    );
  });

  it('is what the API’s document says', () => {
    const { price, hotel, flight, rental } = BookedBooking.shape;
    for (const [name, schema] of Object.entries({ price, hotel, flight, rental }))
      expect(schema.parse(bookedTrip(kept)[name as 'price'])).toEqual(bookedTrip(kept)[name as 'price']);
  });
});
