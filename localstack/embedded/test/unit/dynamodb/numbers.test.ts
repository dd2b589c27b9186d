import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keyText } from '#embedded/dynamodb/key-text.ts';
import { compareNumbers, normalized, sum } from '#embedded/dynamodb/numbers.ts';

/** A whole number of so many tenths to the power, as exact as BigInt; written in one of the forms that clients use. */
const decimal = fc.record({
  units: fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
  places: fc.integer({ min: 0, max: 12 }),
});
type Decimal = { units: bigint; places: number };
const written = ({ units, places }: Decimal) => `${units}E-${places}`;
const scaled = ({ units, places }: Decimal) => units * 10n ** BigInt(12 - places);
const signOf = (value: bigint | number) => (value < 0 ? -1 : value > 0 ? 1 : 0);

describe('numbers', () => {
  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['+1.50', '1.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['0001', '1'],
    ['1E+3', '1000'],
    ['12.34e-4', '0.001234'],
    ['1e-130', `0.${'0'.repeat(129)}1`],
    ['9.9e125', `99${'0'.repeat(124)}`],
  ])('%s is kept as %s', (text, kept) => {
    expect(normalized(text)).toBe(kept);
  });

  it.each([
    ['', 'cannot be converted to a numeric value'],
    ['.', 'cannot be converted to a numeric value'],
    ['0x1', 'cannot be converted to a numeric value'],
    ['NaN', 'cannot be converted to a numeric value'],
    [5, 'cannot be converted to a numeric value'],
    ['1e126', 'Number overflow'],
    ['1e-131', 'Number underflow'],
    ['1'.repeat(39), 'more than 38 significant digits'],
  ])('%j is refused: %s', (text, message) => {
    expect(() => normalized(text)).toThrow(message);
  });

  it('given any two, then sum, difference and order are exact', () => {
    fc.assert(
      fc.property(decimal, decimal, (one, other) => {
        const [left, right] = [normalized(written(one)), normalized(written(other))];
        const total = (sign: 1 | -1) =>
          normalized(written({ units: scaled(one) + BigInt(sign) * scaled(other), places: 12 }));

        expect(sum(left, right, 1)).toBe(total(1));
        expect(sum(left, right, -1)).toBe(total(-1));
        expect(signOf(compareNumbers(left, right))).toBe(signOf(scaled(one) - scaled(other)));
      }),
    );
  });

  it('given any two values of a key, then their texts are in DynamoDB’s order', () => {
    const text = fc.string({ unit: fc.constantFrom('\0', '\x01', 'a', 'é', '￿', '😀'), maxLength: 4 });
    const sorts = (one: string, other: string) => signOf(one < other ? -1 : one > other ? 1 : 0);
    fc.assert(
      fc.property(decimal, decimal, text, text, (one, other, left, right) => {
        const [N, M] = [normalized(written(one)), normalized(written(other))];
        expect(sorts(keyText({ N }), keyText({ N: M }))).toBe(signOf(scaled(one) - scaled(other)));
        const order = Buffer.compare(Buffer.from(left), Buffer.from(right));
        expect(sorts(keyText({ S: left }), keyText({ S: right }))).toBe(order);
        const base64 = (bytes: string) => Buffer.from(bytes).toString('base64');
        expect(sorts(keyText({ B: base64(left) }), keyText({ B: base64(right) }))).toBe(order);
        // What follows the first value of a key does not outweigh it.
        expect(sorts(`${keyText({ S: left })}z`, `${keyText({ S: right })}a`)).toBe(order || 1);
      }),
    );
  });
});
