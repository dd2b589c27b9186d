import { randomWalk } from '../random-walk.ts';
import type { PlanClass } from './plan-class.ts';

/** What chance seldom comes to. */
const rare = [
  'book+cancel@a/ConfirmBooking#2 ConfirmBooking=repeated',
  'book TakePayment=fail ReleaseSeat=late@end',
] as const;
const seeds = 1000;

export const walks: PlanClass = {
  name: 'walks',
  about: "what the protocol's model knows, by chance, from seeds: the model follows each step",
  isFollowed: true,
  *plans() {
    yield* rare;
    for (let seed = 1; seed <= seeds; seed++) yield randomWalk(seed);
  },
};
