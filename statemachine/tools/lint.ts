import { type StateMachine, stateOf, successorsOf } from './asl.ts';
import { lintTask } from './lint-task.ts';
import { longestRunSeconds, loopOf } from './longest-run.ts';

const own = /^[A-Z][A-Za-z]*Error$/;
/** Of DynamoDB and of the SDK's time-outs: they have the form of our own. */
const foreign: ReadonlySet<string> = new Set(['InternalServerError', 'TimeoutError']);

/**
 * The saga's own rules, beyond what a validator of the language knows (the design's rule 10).
 * @param functionTimeoutSeconds time limit of a state's function, or undefined for a service integration
 * @returns one sentence a violation
 */
export function lintSaga(
  machine: StateMachine,
  functionTimeoutSeconds: (state: string) => number | undefined,
): string[] {
  const problems: string[] = [];
  for (const [name, state] of Object.entries(machine.States)) {
    if (state.Type === 'Task') problems.push(...lintTask(name, state, functionTimeoutSeconds(name)));
    for (const next of successorsOf(state)) {
      if (machine.States[next] === undefined) problems.push(`${name}: goes to "${next}", which does not exist`);
    }
  }
  return problems.length > 0 ? problems : lintGraph(machine);
}

/** Every state can be reached, every path ends, and no run outlasts the machine's own time limit. */
function lintGraph(machine: StateMachine): string[] {
  const problems: string[] = [];
  const reached = new Set<string>();
  const visit = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const next of successorsOf(stateOf(machine, name))) visit(next);
  };
  visit(machine.StartAt);
  for (const [name, state] of Object.entries(machine.States)) {
    if (!reached.has(name)) problems.push(`${name}: can't be reached`);
    const ends = state.Type === 'Succeed' || state.Type === 'Fail';
    if (!ends && successorsOf(state).length === 0) problems.push(`${name}: neither goes on nor ends`);
  }
  const loop = loopOf(machine);
  if (loop !== undefined) return [...problems, `The machine loops: ${loop.join(' → ')}: every path has to end`];
  const longest = longestRunSeconds(machine);
  if ((machine.TimeoutSeconds ?? 0) <= longest) {
    problems.push(
      `TimeoutSeconds ${machine.TimeoutSeconds === undefined ? 'is missing: it has to exceed' : `${machine.TimeoutSeconds} does not exceed`} the longest run of ${longest} s`,
    );
  }
  return problems;
}

/** Every own error name that the machine spells, in retriers, catchers and Fail states. */
export function ownErrorNames(machine: StateMachine): { matched: Set<string>; raised: Set<string> } {
  const matched = new Set<string>();
  const raised = new Set<string>();
  for (const state of Object.values(machine.States)) {
    for (const { ErrorEquals } of [...(state.Retry ?? []), ...(state.Catch ?? [])]) {
      for (const name of ErrorEquals) if (own.test(name) && !foreign.has(name)) matched.add(name);
    }
    if (state.Error !== undefined) raised.add(state.Error);
  }
  return { matched, raised };
}
