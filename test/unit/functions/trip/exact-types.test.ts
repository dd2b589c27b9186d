import { expect, it } from '@jest/globals';
import { defineLeg, text, time } from '#functions/trip/define-leg.ts';
import { demoSections } from '#functions/trip/demo-trip.ts';
import { perNight } from '#functions/trip/prices.ts';
import { tripValues } from '#functions/trip/trip-values.ts';
import { aCancelOf, aTrip } from '#test/support/trips.ts';

// Each of these lines compiles only where the type is exact: the compiler refuses a directive that expects no error.

const flight = {
  ticketPrice: 1,
  ticketCurrency: 'USD',
  departureAirportCode: 'LGW',
  departureDate: '2026-01-01',
  arrivalAirportCode: 'DUB',
};

it('a field that no leg has does not compile', () => {
  // @ts-expect-error: it is called `rental`
  expect(aTrip().rentall).toBeUndefined();
  // @ts-expect-error: compensations rely on what ids come from, and on nothing else of a leg
  expect(typeof aCancelOf(aTrip()).check_out).toBe('string');
});

it('a section of a request that no leg takes does not compile, since it would be accepted and dropped', () => {
  const asked = { ...demoSections, insurance: { insurer: 'Atlas' } };
  // @ts-expect-error: there is no leg `insurance`
  expect(tripValues(flight, asked)).not.toHaveProperty('insurer');
});

it('a record that names a field which it does not have does not compile', () => {
  const record = {
    name: 'cruise',
    called: 'a cruise',
    itemType: 'Cruise',
    runTypeStem: 'Cruise',
    states: { reserve: 'ReserveCruise', confirm: 'ConfirmCruise', cancel: 'CancelCruise' },
    fields: { ship: text(), sails_at: time(), lands_at: time() },
    identity: ['ship'],
    source: { from: 'request', price: perNight(1, { from: 'sails_at', to: 'lands_at' }) },
    demo: { ship: 'Argo', sails_at: '2021-07-10T00:00:00Z', lands_at: '2021-07-12T00:00:00Z' },
  } as const;
  expect(defineLeg(record)).toBe(record);
  // @ts-expect-error: the field is called `ship`
  expect(defineLeg({ ...record, identity: ['shipp'] })).toBeDefined();
  const wrong = { from: 'request', price: perNight(1, { from: 'sails', to: 'lands_at' }) } as const;
  // @ts-expect-error: the field is called `sails_at`
  expect(defineLeg({ ...record, source: wrong })).toBeDefined();
  const { ship: _, ...demo } = record.demo;
  // @ts-expect-error: the demo has no ship
  expect(defineLeg({ ...record, demo })).toBeDefined();
});
