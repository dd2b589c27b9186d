import { describe, expect, it } from '@jest/globals';
import { defineLeg } from '#functions/trip/define-leg.ts';
import { flat, perNight, perStartedDay } from '#functions/trip/prices.ts';
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

describe('a price by its time', () => {
  const period = { from: 'from', to: 'to' } as const;
  const nights = perNight(10, period);
  const days = perStartedDay(10, { ...period, unit: 'an insured day' });
  const nameOf = (field: string): string => `trip.${field}`;

  it('says for what it is, in its own words or those that the leg gives it', () => {
    expect([nights.said, perStartedDay(10, period).said, days.said]).toEqual([
      '10.00 a night',
      '10.00 a day',
      '10.00 an insured day',
    ]);
  });

  it.each([
    ['2026-01-01T12:00:00.000Z', '2026-01-02T08:00:00.000Z', 10, 10],
    ['2026-01-01T08:00:00.000Z', '2026-01-02T08:00:00.001Z', 10, 20],
    ['2026-01-01T12:00:00.000Z', '2027-01-01T12:00:00.000Z', 3650, 3650],
  ])('from %s to %s costs %i by night and %i by started day', (from, to, byNight, byDay) => {
    expect(nights.of({ from, to })).toBe(byNight);
    expect(days.of({ from, to })).toBe(byDay);
  });

  it.each([
    ['2026-01-01T12:00:00.000Z', '2026-01-01T12:00:00.000Z'],
    ['2026-01-02T12:00:00.000Z', '2026-01-01T12:00:00.000Z'],
    ['2026-01-01T12:00:00.000Z', '2027-01-02T12:00:00.000Z'],
  ])('from %s to %s is refused, with the rule', (from, to) => {
    const refusals = [nights.of({ from, to }), days.of({ from, to })];
    const told = refusals.map((refusal) => typeof refusal === 'object' && [refusal.field, refusal.rule(nameOf)]);
    expect(told).toEqual([
      ['to', 'must be at least a day after trip.from, and at most 365 days'],
      ['to', 'must be after trip.from, and at most 365 days'],
    ]);
  });
});
