import { describe, expect, it } from '@jest/globals';
import type { Attributes, TripData } from '../../../localstack/console/model/data.ts';
import { changesOf } from '../../../localstack/console/model/data-changes.ts';

const trip = (name: string, items: Readonly<Record<string, Attributes>>): TripData => ({
  trip: name,
  items: Object.entries(items).map(([sk, attributes]) => ({ sk, type: sk, status: undefined, attributes })),
});

describe('what changed in a trip', () => {
  const before = trip('t1', { BOOKING: { status: 'UNCONFIRMED', checkedIn: false }, 'HOTEL#1': { hotel: 'inn' } });

  it('is nothing at the first look, or at another trip', () => {
    expect(changesOf(undefined, before).size).toBe(0);
    expect(changesOf(before, trip('t2', { BOOKING: { status: 'CONFIRMED' } })).size).toBe(0);
  });

  it('is each attribute that differs, with what it was; and items that came and went', () => {
    const after = trip('t1', {
      BOOKING: { status: 'CONFIRMED', checkedIn: false, bookingReference: 'ABC' },
      'RENTAL#1': { rental: 'Volvo' },
    });
    expect([...changesOf(before, after)]).toEqual([
      [
        'BOOKING',
        {
          kind: 'changed',
          before: new Map([
            ['status', 'UNCONFIRMED'],
            ['bookingReference', undefined],
          ]),
        },
      ],
      ['RENTAL#1', { kind: 'new', before: new Map() }],
      ['HOTEL#1', { kind: 'gone', before: new Map() }],
    ]);
  });

  it('is nothing where equal values are other objects', () => {
    const holds = (list: readonly string[]) => trip('t1', { FLIGHT: { seatHolds: list } });
    expect(changesOf(holds(['a', 'b']), holds(['a', 'b'])).size).toBe(0);
  });
});
