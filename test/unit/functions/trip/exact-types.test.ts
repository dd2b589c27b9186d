import { expect, it } from '@jest/globals';
import { nothingElse, type Only } from '#functions/shared/http/nothing-else.ts';
import { defineLeg } from '#functions/trip/define-leg.ts';
import { demoSections } from '#functions/trip/demo-trip.ts';
import { perNight } from '#functions/trip/prices.ts';
import { tripValues } from '#functions/trip/trip-values.ts';
import { cruise } from '#test/support/cruise.ts';
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
  const asked = { ...demoSections, umbrella: { colour: 'red' } };
  // @ts-expect-error: there is no leg `umbrella`
  expect(tripValues(flight, asked)).not.toHaveProperty('colour');
});

it('a field that is left of a request, or that its use does not know, does not compile', () => {
  const { amount, ...rest } = { amount: 1, tip: 2 };
  // @ts-expect-error: nothing has used the tip
  expect([amount, nothingElse(rest)]).toEqual([1, undefined]);
  const none = ({ amount: _, ...others }: { readonly amount: number }) => nothingElse(others);
  expect(none({ amount: 1 })).toBeUndefined();
  const taking = <Given>(given: Only<Given, { amount: number }>) => Object.keys(given);
  expect(taking({ amount: 1 })).toEqual(['amount']);
  // @ts-expect-error: it knows the amount alone
  expect(taking({ amount: 1, tip: 2 })).toHaveLength(2);
});

it('a record that names a field which it does not have does not compile', () => {
  expect(defineLeg(cruise)).toBe(cruise);
  // @ts-expect-error: the field is called `ship`
  expect(defineLeg({ ...cruise, identity: ['shipp'] })).toBeDefined();
  const wrong = { from: 'request', price: perNight(1, { from: 'sails', to: 'lands_at' }) } as const;
  // @ts-expect-error: the field is called `sails_at`
  expect(defineLeg({ ...cruise, source: wrong })).toBeDefined();
  const { ship: _, ...demo } = cruise.demo;
  const misspelt = defineLeg({
    ...cruise,
    // @ts-expect-error: the field is called `ship`: the refusal is here, and not at the fields, which are right
    demo: { ...cruise.demo, shipp: 'Argo' },
  });
  expect(misspelt).toBeDefined();
  // @ts-expect-error: the demo has no ship
  expect(defineLeg({ ...cruise, demo })).toBeDefined();
});
