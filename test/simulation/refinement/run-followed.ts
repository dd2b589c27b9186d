import type { Removable } from '#test/model/rules/rules.ts';
import type { Plan } from '../plans/plan.ts';
import { runPlan, type Service, type Verdict } from '../run-plan.ts';
import { follow } from './follow.ts';

/** What the model made of a plan. */
export interface Following {
  /** Kinds of its actions that it has taken. */
  readonly taken: ReadonlySet<string>;
  /** More was under way at once than it has room for, so it did not follow to the end. */
  readonly isBeyond: boolean;
}

/**
 * Runs a plan that the model follows: a drift between the two is a problem like a broken promise.
 * @param takenOut rules that the model does without
 */
export async function runFollowed(
  plan: Plan,
  service: Service,
  takenOut: readonly Removable[] = [],
): Promise<Verdict & { readonly following: Following }> {
  const { around, checker } = follow(plan, takenOut);
  const verdict = await runPlan(plan, service, { around });
  const { drift, isBeyond } = checker;
  const problems = drift === undefined ? verdict.problems : [...verdict.problems, drift];
  return { ...verdict, problems, following: { taken: checker.taken(), isBeyond } };
}
