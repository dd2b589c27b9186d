import { describe, expect, it } from '@jest/globals';
import { capacityUnits, type ItemSizes, inventoryBytes, withSeatHolds } from '#infra/cost/items.ts';

const sizes: ItemSizes = {
  items: { small: 400, kilobyte: 1024, large: 1025, fiveKilobytes: 5000, inventory: 541 },
  entries: { ByUnfinished: 257 },
  seatHold: 49,
};

describe('capacity units, counted by hand', () => {
  it.each([
    ['a small item, written', { operation: 'PutItem', items: ['small'] }, 0, 1],
    ['exactly a kilobyte', { operation: 'PutItem', items: ['kilobyte'] }, 0, 1],
    ['a byte more', { operation: 'UpdateItem', items: ['large'] }, 0, 2],
    ['a refused write of nothing', { operation: 'DeleteItem', items: [] }, 0, 1],
    ['a transaction of two small items', { operation: 'TransactWriteItems', items: ['small', 'small'] }, 0, 4],
    ['a transaction with an item of two units', { operation: 'TransactWriteItems', items: ['small', 'large'] }, 0, 6],
    ['an entry that comes', { operation: 'PutItem', items: ['small'], entries: { ByCustomerStatus: 'enters' } }, 0, 2],
    ['an entry that moves', { operation: 'PutItem', items: ['small'], entries: { ByCustomerStatus: 'moves' } }, 0, 3],
    [
      'an entry of all of a large item',
      { operation: 'PutItem', items: ['large'], entries: { ByCustomerStatus: 'moves' } },
      0,
      6,
    ],
    [
      'a part of a large item as entry',
      { operation: 'PutItem', items: ['large'], entries: { ByUnfinished: 'moves' } },
      0,
      4,
    ],
    ['a consistent read', { operation: 'GetItem', items: ['small'], consistent: true }, 1, 0],
    ['a read that may be old', { operation: 'GetItem', items: ['small'] }, 0.5, 0],
    ['a read of five kilobytes', { operation: 'GetItem', items: ['fiveKilobytes'], consistent: true }, 2, 0],
    ['a query over two items', { operation: 'Query', items: ['small', 'fiveKilobytes'], consistent: true }, 2, 0],
    ['a query that finds nothing', { operation: 'Query', items: [] }, 0.5, 0],
  ] as const)('%s', (_, call, read, write) => {
    expect(capacityUnits(call, sizes)).toMatchObject({ read, write });
  });

  it('tell the table from its indexes', () => {
    const call = { operation: 'PutItem', items: ['large'], entries: { ByUnfinished: 'enters' } } as const;

    expect(capacityUnits(call, sizes)).toEqual({ read: 0, write: 3, own: 2 });
  });

  it('are refused for an item of unknown size', () => {
    expect(() => capacityUnits({ operation: 'PutItem', items: ['visa'] }, sizes)).toThrow('"visa"');
  });
});

it('a flight grows by a hold of 49 bytes, behind the 9 of the name of their set', () => {
  expect(inventoryBytes(sizes, 0)).toBe(541);
  expect(inventoryBytes(sizes, 1)).toBe(599);
  expect(inventoryBytes(sizes, 180)).toBe(9370);
  expect(withSeatHolds(sizes, 9).items.inventory).toBe(1040);
});
