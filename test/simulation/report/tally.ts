import type { Observation } from '#embedded/index.ts';
import type { Verdict } from '../run-plan.ts';

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
  cpuMs: 0,
  states: 0,
  merges: 0,
  left: 0,
});

export function count(tally: Tally, plan: string, { problems, world, isWhole, letters }: Verdict): void {
  tally.plans += 1;
  if (!isWhole) tally.unreached += 1;
  if (letters.length > 0) tally.letters += 1;
  if (problems.length > 0) tally.violations.push({ plan, problems });
  for (const edge of edgesTaken(world.trace)) tally.edges[edge] = (tally.edges[edge] ?? 0) + 1;
}

export function merge(tallies: readonly Tally[]): Tally {
  const sum = emptyTally();
  for (const { plans, unreached, letters, violations, edges, cpuMs, states, merges, left } of tallies) {
    sum.plans += plans;
    sum.unreached += unreached;
    sum.letters += letters;
    sum.violations.push(...violations);
    sum.cpuMs += cpuMs;
    sum.states += states;
    sum.merges += merges;
    sum.left += left;
    for (const [edge, times] of Object.entries(edges)) sum.edges[edge] = (sum.edges[edge] ?? 0) + times;
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
