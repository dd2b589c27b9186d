import type { Plan } from './plan.ts';

/** Plans that are smaller by one thing, the greatest loss first. */
function* smaller(plan: Plan): Iterable<Plan> {
  const { acts, faults, order = [], seed, ...rest } = plan;
  const chance = seed === undefined ? {} : { seed };
  if (order.length > 0) {
    yield { ...rest, ...chance, acts, faults };
    yield { ...rest, ...chance, acts, faults, order: order.slice(0, -1) };
    for (const [index, choice] of order.entries()) {
      if (choice > 0) yield { ...rest, ...chance, acts, faults, order: order.with(index, 0) };
    }
  }
  const ordered = order.length > 0 ? { order } : {};
  if (seed !== undefined) yield { ...rest, ...ordered, acts, faults };
  for (const index of faults.keys()) {
    yield { ...rest, ...ordered, ...chance, acts, faults: faults.toSpliced(index, 1) };
  }
  if (acts.length < 2) return;
  for (const index of acts.keys()) yield { ...rest, ...ordered, ...chance, acts: acts.toSpliced(index, 1), faults };
}

/** The smallest plan that still breaks a promise, found by taking away one thing at a time. */
export async function shrink(plan: Plan, isBroken: (plan: Plan) => Promise<boolean>): Promise<Plan> {
  for (const next of smaller(plan)) if (await isBroken(next)) return shrink(next, isBroken);
  return plan;
}
