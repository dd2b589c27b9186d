import { describe, expect, it } from '@jest/globals';
import { allLegs } from '#functions/legs.ts';
import type { LegRecord } from '#functions/trip/define-leg.ts';
import { perStartedDay } from '#functions/trip/prices.ts';
import { cruise } from '#test/support/cruise.ts';
import { fileOf, files, lint, priced, withField } from './record-problems.ts';

describe('what two legs have, is said of both alike: either may be the new one', () => {
  const { states } = cruise;
  it.each<[string, string, Partial<LegRecord>]>([
    ['hotel', 'have the itemType Hotel: give one of them another', { itemType: 'Hotel' }],
    ['hotel', 'have the field hotel: give one of them another', withField('hotel')],
    [
      'rental',
      'make the run type failRental by their runTypeStem: give one of them another',
      { runTypeStem: 'Rental' },
    ],
    [
      'rental',
      'make the run type failRentalReservation by their runTypeStem: give one of them another',
      { runTypeStem: 'RentalReservation' },
    ],
    [
      'flight',
      'have the state CancelFlightReservation: give one of them another',
      { states: { ...states, cancel: 'CancelFlightReservation' } },
    ],
    [
      'rental',
      'have the price unit a day: give one of them another',
      priced(perStartedDay(1, { from: 'sails_at', to: 'lands_at' })),
    ],
    ['hotel', 'are called "hotel": give one of them another', { called: 'a hotel' }],
    ['rental', 'are called "car": give one of them another', { called: 'car' }],
    [
      'flight',
      "have source.from 'flight': the state machine takes one seat, before one leg alone. Give the other one source.from 'request' and a price",
      { source: { from: 'flight', valuesOf: () => cruise.demo } },
    ],
  ])('functions/%s/leg.ts and another both %s', (name, problem, difference) => {
    const leg = { ...cruise, ...difference };
    const found = [...files, fileOf(leg, 'cruise')];
    const [theirs, own] = [`functions/${name}/leg.ts`, 'functions/cruise/leg.ts'];
    expect(lint([...allLegs, leg], found)).toEqual([`${theirs} and ${own} both ${problem}`]);
    expect(lint([leg, ...allLegs], found)).toEqual([`${own} and ${theirs} both ${problem}`]);
  });
});
