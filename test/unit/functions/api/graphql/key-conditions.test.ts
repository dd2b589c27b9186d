import { describe, expect, it } from '@jest/globals';
import { compositeKeyCondition, partitionKey, stringKeyCondition } from '#functions/api/graphql/key-conditions.ts';

const composite = (input: object) =>
  compositeKeyCondition('schedule', ['arrivalAirportCode', 'departureDate'] as const, input);

describe('a condition on a sort key', () => {
  it.each([
    [undefined, undefined],
    [{}, undefined],
    [{ eq: null }, undefined],
    [{ beginsWith: 'a' }, { beginsWith: 'a' }],
    [{ eq: 'a', gt: null }, { eq: 'a' }],
    [{ between: ['a', 'b'] }, { between: ['a', 'b'] }],
    [{ between: ['a', 'a'] }, { between: ['a', 'a'] }],
  ])('of %j is %j', (input, condition) => {
    expect(stringKeyCondition('status', input)).toEqual(condition);
  });

  it.each([
    [{ eq: 'a', gt: 'b' }, 'Argument status must specify at most one key condition operation.'],
    [{ between: ['a'] }, 'Argument status.between expects exactly 2 elements.'],
    [{ between: ['a', null] }, 'Argument status.between expects exactly 2 elements.'],
    [{ between: ['a', 'b', 'c'] }, 'Argument status.between expects exactly 2 elements.'],
    [{ between: ['b', 'a'] }, '"status.between" must have its lower bound first'],
    [{ eq: '' }, '"status.eq" must not be empty'],
    [{ eq: 'ä'.repeat(513) }, '"status.eq" must be at most 1024 bytes long'],
  ])('of %j is refused: %s', (input, message) => {
    expect(() => stringKeyCondition('status', input)).toThrow(
      expect.objectContaining({ errorType: 'InvalidArgumentsError', message }),
    );
  });
});

describe('a condition on a composite sort key', () => {
  it.each([
    [{ beginsWith: { arrivalAirportCode: 'MAD' } }, { beginsWith: 'MAD' }],
    [{ eq: { arrivalAirportCode: 'MAD', departureDate: '2021' } }, { eq: 'MAD#2021' }],
    [
      {
        between: [
          { arrivalAirportCode: 'MAD', departureDate: '1' },
          { arrivalAirportCode: 'MAD', departureDate: '2' },
        ],
      },
      { between: ['MAD#1', 'MAD#2'] },
    ],
  ])('of %j is %j', (input, condition) => {
    expect(composite(input)).toEqual(condition);
  });

  it.each([
    [{ eq: { departureDate: '2021' } }, /schedule\.eq\.departureDate.*schedule\.eq\.arrivalAirportCode/],
    [{ eq: { arrivalAirportCode: ' ', departureDate: '2021' } }, /you must also provide/],
    [{ eq: {} }, /must not be empty/],
  ])('of %j is refused', (input, message) => {
    expect(() => composite(input)).toThrow(message);
  });
});

describe('the key of the partition', () => {
  it('is given, and not too long', () => {
    expect(partitionKey('customer', 'ann', 'status')).toBe('ann');
    expect(() => partitionKey('customer', null, undefined)).toThrow("Argument 'customer' must be given");
    expect(() => partitionKey('customer', ' ', 'status')).toThrow(
      "When providing argument 'status' you must also provide arguments customer",
    );
    expect(() => partitionKey('customer', 'a'.repeat(2049), undefined)).toThrow('at most 2048 bytes');
  });
});
