import { randomPlan } from '../random-plan.ts';
import type { PlanClass } from './plan-class.ts';

const seeds = 300;

export const random: PlanClass = {
  name: 'random',
  about: 'acts, faults and orders by chance, from seeds',
  *plans(record) {
    for (let seed = 1; seed <= seeds; seed++) yield () => randomPlan(seed, record);
  },
};
