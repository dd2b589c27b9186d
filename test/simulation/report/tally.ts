import type { Observation } from '#embedded/index.ts';
import type { Following } from '../refinement/run-followed.ts';
import type { Verdict } from '../run-plan.ts';

/** Of a plan; `following` where the model has followed it. */
export type Outcome = Verdict & { readonly following?: Following };

/** A plan that breaks a promise. */
export interface Violation {
  readonly plan: string;
  readonly problems: readonly string[];
}

/** What a class of plans came to; sums of it are made over worker processes. */
export interface Tally {
  plans: number;
  /** Plans with a fault whose place was never reached. */
  unreached: number;
  /** Plans that left a dead letter. */
  letters: number;
  violations: Violation[];
  /** Times that each edge was taken. */
  edges: Record<string, number>;
  /** Plans that went through each kind of the model's actions. */
  taken: Record<string, number>;
  /** Plans that the model could not follow to their end. */
  beyond: number;
  cpuMs: number;
  /** Of searches through orders. */
  states: number;
  merges: number;
  left: number;
}

export const emptyTally = (): Tally => ({
  plans: 0,
  unreached: 0,
  letters: 0,
  violations: [],
  edges: {},
  taken: {},
  beyond: 0,
  cpuMs: 0,
  states: 0,
  merges: 0,
  left: 0,
});

export function count(tally: Tally, plan: string, { problems, world, isWhole, letters, following }: Outcome): void {
  tally.plans += 1;
  if (!isWhole) tally.unreached += 1;
  if (letters.length > 0) tally.letters += 1;
  if (problems.length > 0) tally.violations.push({ plan, problems });
  for (const edge of edgesTaken(world.trace)) add(tally.edges, edge, 1);
  for (const kind of following?.taken ?? []) add(tally.taken, kind, 1);
  if (following?.isBeyond) tally.beyond += 1;
}

const add = (sums: Record<string, number>, key: string, times: number): void => {
  sums[key] = (sums[key] ?? 0) + times;
};

export function merge(tallies: readonly Tally[]): Tally {
  const sum = emptyTally();
  for (const one of tallies) {
    const { plans, unreached, letters, violations, edges, taken, beyond, cpuMs, states, merges, left } = one;
    sum.plans += plans;
    sum.unreached += unreached;
    sum.letters += letters;
    sum.violations.push(...violations);
    sum.beyond += beyond;
    sum.cpuMs += cpuMs;
    sum.states += states;
    sum.merges += merges;
    sum.left += left;
    for (const [edge, times] of Object.entries(edges)) add(sum.edges, edge, times);
    for (const [kind, times] of Object.entries(taken)) add(sum.taken, kind, times);
  }
  return sum;
}

/** `A -> B`, and `A -!> B` where a Catch took an error. */
function* edgesTaken(trace: readonly Observation[]): Iterable<string> {
  for (const one of trace) {
    if (one.type !== 'stateExited' || one.next === undefined) continue;
    yield `${one.state} -${one.caught === undefined ? '' : '!'}> ${one.next}`;
  }
}
