import { describe, expect, it } from '@jest/globals';
import { allLegs } from '#functions/legs.ts';
import type { LegRecord } from '#functions/trip/define-leg.ts';
import { type Price, perNight, perStartedDay } from '#functions/trip/prices.ts';
import { cruise } from '#test/support/cruise.ts';
import { priceProblems } from '../../../statemachine/tools/lint-price.ts';

/** As the compiler would not let an author write it. */
const problemsOf = (price: Price<string>): string[] =>
  priceProblems({ ...cruise, source: { from: 'request', price } } as LegRecord);
const fields = 'ship, sails_at, lands_at';

it('finds no problem in the legs', () => {
  expect([...allLegs, cruise].flatMap(priceProblems)).toEqual([]);
});

describe('a field that the leg does not have is named', () => {
  it.each<[string, Price<string>, string]>([
    ['the beginning of nights', perNight(1, { from: 'sail_at', to: 'lands_at' }), 'takes sail_at'],
    ['the end of nights', perNight(1, { from: 'sails_at', to: 'land_at' }), 'takes land_at'],
    ['the beginning of days', perStartedDay(1, { from: 'sail_at', to: 'lands_at' }), 'takes sail_at'],
    ['both', perStartedDay(1, { from: 'sail_at', to: 'land_at' }), 'takes sail_at and land_at'],
    ['that of a price of its own', { said: '1.00 a cabin', of: ({ cabins }) => Number(cabins) }, 'takes cabins'],
    ['that of a refusal', { said: '1.00 a cabin', of: () => ({ field: 'cabin', rule: () => '' }) }, 'refuses cabin'],
  ])('%s', (_, price, said) => {
    const what = said.includes(' and ') ? 'which are none' : 'which is none';
    expect(problemsOf(price)).toEqual([`source.price ${said}, ${what} of its fields: ${fields}`]);
  });
});

describe('a value that a customer may send makes a price, or a refusal', () => {
  const perCabin = (of: (cabins: number) => number): Price<string> => ({
    said: '1.00 a cabin',
    of: ({ ship = '' }) => of(ship === 'Argo' ? 1 : Number(ship)),
  });
  const advice = 'of a value that makes no sense, "of" returns the field and the rule that it breaks';

  it.each<[string, Price<string>]>([
    [`source.price makes NaN where ship is "many": ${advice}`, perCabin((cabins) => cabins)],
    [`source.price makes -1 where ship is "-1": ${advice}`, perCabin((cabins) => cabins || 0)],
    [`source.price makes 1.5 where ship is "1.5": ${advice}`, perCabin((cabins) => Math.max(cabins || 0, 0))],
    [
      `source.price fails where ship is "many": no number: ${advice}`,
      perCabin((cabins) => {
        if (Number.isNaN(cabins)) throw new Error('no number');
        return 1;
      }),
    ],
  ])('%s', (problem, price) => {
    expect(problemsOf(price)).toEqual([problem]);
  });

  it.each<[string, unknown]>([
    [
      `makes neither a number where ship is "many" nor a refusal of one of its fields, with the rule that it breaks`,
      undefined,
    ],
    [
      `makes neither a number where ship is "many" nor a refusal of one of its fields, with the rule that it breaks`,
      { field: 'ship', rule: 'is unknown' },
    ],
    [`refuses shop, which is none of its fields: ${fields}`, { field: 'shop', rule: () => 'is unknown' }],
    [`refuses ship without a text as its rule, where ship is "many"`, { field: 'ship', rule: () => undefined }],
    [`makes 1000000000 where ship is "many": a booking costs at most 999999999`, 1e9],
  ])('source.price %s', (problem, cost) => {
    const price = {
      said: '1.00 a ship',
      of: ({ ship }: { ship?: string }) => (ship === 'Argo' ? 1 : (cost as number)),
    };
    expect(problemsOf(price)).toEqual([`source.price ${problem}: ${advice}`]);
  });

  it.each([
    [1e9, 'makes 2000000000'],
    [Number.POSITIVE_INFINITY, 'makes Infinity'],
  ])('which a booking can cost, unlike %j a day', (each, made) => {
    const price = { ...perStartedDay(1, { from: 'sails_at', to: 'lands_at' }), of: () => each * 2 };
    expect(problemsOf(price)).toEqual([`source.price ${made} of the demo's trip: a booking costs at most 999999999`]);
  });

  it.each([new Error('no ship'), 'no ship'])('and fails in words, also by what is no error', (thrown) => {
    const of = () => {
      throw thrown;
    };
    expect(problemsOf({ said: '1.00 a ship', of })).toEqual(["source.price fails for the demo's trip: no ship"]);
  });

  it.each<[string, unknown]>([
    ['a promise', Promise.resolve(1)],
    ['nothing', undefined],
    ['a text', '1'],
    ['a refusal without its rule', { field: 'ship' }],
  ])('and not %s', (_, cost) => {
    expect(problemsOf({ said: '1.00 a ship', of: () => cost as number })).toEqual([
      "source.price makes neither a number of the demo's trip nor a refusal of one of its fields, with the rule that it breaks",
    ]);
  });

  it('and drops nothing behind a number', () => {
    const price = (read: (ship: string) => number): Price<string> => ({
      said: '1.00 a cabin',
      of({ ship = '' }) {
        const cabins = ship === 'Argo' ? 1 : read(ship);
        return cabins >= 1 && cabins < 10 && Number.isInteger(cabins)
          ? cabins
          : { field: 'ship', rule: () => 'is no number' };
      },
    });
    expect(problemsOf(price((ship) => Number.parseInt(ship, 10)))).toEqual([
      `source.price reads ship "3rd" as 3: ${advice}`,
    ]);
    expect(problemsOf(price(Number))).toEqual([]);
    expect(problemsOf(price(() => 2))).toEqual([]);

    const failing = price((ship) => {
      if (ship === '3rd') throw new Error('no number');
      return Number(ship);
    });
    expect(problemsOf(failing)).toEqual([`source.price fails where ship is "3rd": no number: ${advice}`]);
  });

  it('also where a time lies before the other', () => {
    const hours = (from = '', to = ''): number => (Date.parse(to) - Date.parse(from)) / 3_600_000;
    const price: Price<string> = { said: '1.00 an hour', of: ({ sails_at, lands_at }) => hours(sails_at, lands_at) };
    expect(problemsOf(price)).toEqual([expect.stringMatching(/^source\.price makes -\d+ where sails_at is "2/)]);
  });
});
