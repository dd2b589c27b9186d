import { nearestName } from '#functions/api/demo/nearest-name.ts';
import { type Plan, PlanError } from './plan.ts';

const words = ['run', 'event', 'write'];

/**
 * A fault at a place that does not exist has no effect, and its plan would look as if it had passed.
 * @param names of the machine's states and of the functions
 * @throws PlanError that names the target, and the one that may be meant
 */
export function checkTargets({ faults }: Plan, names: readonly string[]): void {
  const known = [...words, ...names];
  const wrong = faults.find(({ target }) => !known.includes(target))?.target;
  if (wrong === undefined) return;
  const nearest = nearestName(wrong, known);
  const hint = nearest === undefined ? `there are ${known.join(', ')}` : `"${nearest}" may be meant`;
  throw new PlanError(`"${wrong}" is no state, no function and none of ${words.join(', ')}: ${hint}`);
}
