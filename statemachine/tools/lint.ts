import { type Catcher, type ChoiceRule, type State, type StateMachine, stateOf, successorsOf } from './asl.ts';
import { compensationsAfterFailureOf } from './layers.ts';
import { longestRunSeconds } from './longest-run.ts';

/** Where a dead letter itself cannot be written, the execution has to fail, so that its event redrives it. */
const mayFailTheExecution: ReadonlySet<string> = new Set(['SendToDeadLetterQueue']);

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
  if (problems.length === 0) problems.push(...lintGraph(machine), ...lintPeelBack(machine));
  return problems;
}

function lintTask(name: string, state: State, functionTimeout: number | undefined): string[] {
  const problems: string[] = [];
  if (state.TimeoutSeconds === undefined) problems.push(`${name}: has no TimeoutSeconds`);
  else if (functionTimeout !== undefined && state.TimeoutSeconds <= functionTimeout) {
    problems.push(
      `${name}: TimeoutSeconds ${state.TimeoutSeconds} is not longer than its function's ${functionTimeout}`,
    );
  }
  for (const [list, label] of [
    [state.Retry, 'Retry'],
    [state.Catch, 'Catch'],
  ] as const) {
    if (list === undefined) {
      if (label === 'Retry' || !mayFailTheExecution.has(name)) problems.push(`${name}: has no ${label}`);
      continue;
    }
    problems.push(...lintCatchAll(name, label, list));
  }
  if (state.Next === undefined) problems.push(`${name}: neither goes on nor ends`);
  const catchers: readonly Catcher[] = state.Catch ?? [];
  if (catchers.some((catcher) => catcher.ResultPath === undefined)) problems.push(`${name}: a Catch has no ResultPath`);
  if (catchers.length > 0 && !catchers.at(-1)?.ErrorEquals.includes('States.ALL')) {
    problems.push(`${name}: its last Catch is not for States.ALL`);
  }
  for (const retrier of state.Retry ?? []) {
    if (retrier.MaxAttempts !== 0 && retrier.MaxDelaySeconds === undefined) {
      problems.push(`${name}: a Retry has no MaxDelaySeconds`);
    }
  }
  return problems;
}

function lintCatchAll(name: string, label: string, list: readonly { readonly ErrorEquals: readonly string[] }[]) {
  const problems: string[] = [];
  for (const [index, { ErrorEquals }] of list.entries()) {
    if (!ErrorEquals.includes('States.ALL')) continue;
    if (ErrorEquals.length > 1) problems.push(`${name}: States.ALL is not alone in a ${label}`);
    if (index < list.length - 1) problems.push(`${name}: States.ALL is not the last ${label}`);
  }
  return problems;
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
  const longest = longestRunSeconds(machine);
  if ((machine.TimeoutSeconds ?? 0) <= longest) {
    problems.push(`TimeoutSeconds ${machine.TimeoutSeconds} does not exceed the longest run of ${longest} s`);
  }
  return problems;
}

/** The forward states in order, from the booking to its commit. */
export function forwardStates(machine: StateMachine): string[] {
  const names: string[] = [];
  for (let name: string | undefined = 'ReserveBooking'; name !== undefined; name = stateOf(machine, name).Next) {
    names.push(name);
    if (name === 'ConfirmBooking') return names;
  }
  throw new Error('The forward path does not end with ConfirmBooking');
}

/** No layer is skipped, for every failing forward state and every set of layers that cannot be undone. */
function lintPeelBack(machine: StateMachine): string[] {
  const problems: string[] = [];
  const forward = forwardStates(machine);
  for (const failed of forward) {
    const caught = stateOf(machine, failed).Catch?.find((catcher) => catcher.ErrorEquals.includes('States.ALL'));
    if (caught?.Next !== 'CancelBooking') problems.push(`${failed}: its failure does not go to the fence`);
    if (caught?.ResultPath !== `$.${failed}Error`)
      problems.push(`${failed}: its error is not noted as $.${failed}Error`);
    const expected = compensationsAfterFailureOf(forward, failed);
    const visited = compensationPath(machine, entryAfter(machine, failed));
    if (visited.join() !== expected.join()) {
      problems.push(`${failed}: its failure undoes [${visited.join(', ')}] instead of [${expected.join(', ')}]`);
    }
  }
  const refused = stateOf(machine, 'ReserveBooking').Catch?.find((catcher) =>
    catcher.ErrorEquals.includes('BookingAlreadyExistsError'),
  );
  if (refused?.Next !== 'FinalOutcome') {
    problems.push(
      'ReserveBooking: a run that is refused does not go straight to FinalOutcome, so it would undo another one',
    );
  }
  for (const name of compensationPath(machine, stateOf(machine, 'PeelBack').Default ?? '')) {
    const state = stateOf(machine, name);
    const elsewhere = state.Catch?.filter((catcher) => catcher.Next !== state.Next) ?? [];
    if (elsewhere.length > 0) problems.push(`${name}: when it fails the next layer is skipped`);
  }
  return problems;
}

function entryAfter(machine: StateMachine, failed: string): string {
  const peelBack = stateOf(machine, 'PeelBack');
  const tests = (rule: ChoiceRule): boolean =>
    (rule.Variable === `$.${failed}Error` && rule.IsPresent === true) || (rule.Or ?? []).some(tests);
  return peelBack.Choices?.find(tests)?.Next ?? peelBack.Default ?? '';
}

function compensationPath(machine: StateMachine, entry: string): string[] {
  const names: string[] = [];
  for (let name = entry; name !== 'CompensationOutcome'; name = stateOf(machine, name).Next ?? '') names.push(name);
  return names;
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
