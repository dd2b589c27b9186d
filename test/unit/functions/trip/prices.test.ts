import { expect, it } from '@jest/globals';
import { defineLeg } from '#functions/trip/define-leg.ts';
import { flat } from '#functions/trip/prices.ts';
import { cruise } from '#test/support/cruise.ts';

it('a flat price is the same for all values, and says what it is for', () => {
  const price = flat(25, 'an excursion');
  expect(price.said).toBe('25.00 an excursion');
  expect(price.of({})).toBe(25);
});

it('a leg of any fields takes a flat price', () => {
  const { source, demo } = defineLeg({ ...cruise, source: { from: 'request', price: flat(40, 'a cruise') } });
  expect(source.price.of(demo)).toBe(40);
});
