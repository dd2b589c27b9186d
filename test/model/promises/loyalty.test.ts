import { expect, it } from '@jest/globals';
import { allBut } from '#test/model/rules/rules.ts';
import { deliveriesOf } from './loyalty.ts';

const pointsOf = (published: number): number[] => [
  ...new Set(deliveriesOf(published, allBut([])).map(({ points }) => points)),
];

it.each([
  { published: 0, told: 'nothing', points: 0 },
  { published: 1, told: 'CONFIRMED', points: 1 },
  { published: 2, told: 'CANCELLED', points: 0 },
  { published: 3, told: 'both', points: 0 },
])(
  'given $told is published, in any order and any number of times, then $points points are left',
  ({ published, points }) => {
    expect(pointsOf(published)).toEqual([points]);
  },
);

it('given both are published, then every order of one or two of each is tried', () => {
  expect(deliveriesOf(3, allBut([]))).toHaveLength(14);
});
