import type { PlanClass } from './plan-class.ts';

export const inputs: PlanClass = {
  name: 'inputs',
  about: 'inputs that the machine or its first step refuses',
  *plans() {
    for (const act of ['malformed', 'misnamed', 'noted', 'unknown-action', 'untyped', 'refused']) {
      yield act;
      yield `${act},book`;
      yield `book,${act}`;
    }
  },
};
