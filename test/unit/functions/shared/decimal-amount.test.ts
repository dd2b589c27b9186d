import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { majorUnits, minorUnits } from '#functions/shared/money/decimal-amount.ts';

describe('money', () => {
  it.each([
    ['450.00', 45_000],
    ['0.01', 1],
    ['0.00', 0],
    ['1.10', 110],
    ['999999999.99', 99_999_999_999],
  ])('%s is %d minor units', (amount, minor) => {
    expect(minorUnits(amount)).toBe(minor);
  });

  it.each(['', '450', '450.0', '450.000', '-1.00', '1,00', '1e3.00', ' 1.00', '٤.٥٠'])('refuses "%s"', (amount) => {
    expect(() => minorUnits(amount)).toThrow(`not "${amount}"`);
  });

  it('loses nothing on the way to major units and back', () => {
    fc.assert(
      fc.property(fc.nat({ max: 99_999_999_999 }), (minor) => {
        const amount = `${Math.trunc(minor / 100)}.${`${minor % 100}`.padStart(2, '0')}`;
        expect(minorUnits(amount)).toBe(minor);
        expect(majorUnits(amount).toFixed(2)).toBe(amount);
      }),
    );
  });
});
