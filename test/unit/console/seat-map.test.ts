import { expect, it } from '@jest/globals';
import type { Seat } from '../../../localstack/console/model/data.ts';
import { seatMapOf } from '../../../localstack/console/model/seat-map.ts';

const seat = (state: Seat['state'], at: number): Seat => ({
  state,
  executionId: `t${at}.x`,
  trip: `t${at}`,
  customer: 'ann',
});

it('has a cell for each seat: sold, held, left over and free ones', () => {
  const map = seatMapOf({ seats: [seat('held', 1), seat('lost', 2), seat('sold', 3)], free: 2 });
  expect(map.cells.map(({ state }) => state)).toEqual(['sold', 'held', 'lost', 'free', 'free']);
  expect(map).toMatchObject({ total: 5, left: 0, counts: { sold: 1, held: 1, lost: 1, free: 2 } });
});

it('counts the seats for which there is no room', () => {
  const map = seatMapOf({ seats: [seat('sold', 1)], free: 1_000 });
  expect(map).toMatchObject({ total: 1_001, left: 601, counts: { free: 1_000 } });
  expect(map.cells).toHaveLength(400);
});
