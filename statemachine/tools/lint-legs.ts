import { legVerbs } from '#functions/trip/define-leg.ts';
import { type ChoiceRule, type State, type StateMachine, sagaFileName } from './asl.ts';
import { layersOf } from './layers.ts';
import { fileOf, lintRecords, list, type RecordLintInput } from './lint-records.ts';

export interface LegLintInput extends RecordLintInput {
  /** What the stack fills the ASL's placeholders with. */
  readonly placeholders: ReadonlySet<string>;
}

/** Whether records, list, state machine and functions speak of the same legs. @returns one sentence a violation */
export function lintLegs(input: LegLintInput): string[] {
  const problems = lintRecords(input);
  // States are compared with what the records say, so these have to be right.
  if (problems.length > 0) return problems;
  return [...lintFunctions(input), ...lintStates(input), ...lintOrder(input), ...lintRetries(input)];
}

/** The functions of a leg come from the list, so a state without a function belongs to no leg. */
function lintFunctions({ machine, placeholders }: LegLintInput): string[] {
  return Object.entries(machine.States).flatMap(([name, { Resource = '' }]) => {
    const placeholder = /^\{\{(\w+)\}\}$/.exec(Resource)?.[1];
    if (placeholder === undefined || placeholders.has(placeholder)) return [];
    return [`${name}: nothing makes a function for {{${placeholder}}}: no leg in ${list} names the state ${name}`];
  });
}

function lintStates({ machine, legs, files }: LegLintInput): string[] {
  const peelBack = machine.States.PeelBack?.Choices ?? [];
  return legs.flatMap((leg) =>
    legVerbs.flatMap((verb) => {
      const { name, states } = leg;
      const state = states[verb];
      const found = machine.States[state];
      if (found === undefined) {
        return [`${sagaFileName}: has no state ${state}, which ${fileOf(leg, files)} names to ${verb} the ${name}`];
      }
      const problems: string[] = [];
      if (found.Resource !== `{{${state}FunctionArn}}`) {
        problems.push(
          `${state}: its Resource is "${found.Resource}" instead of its function's "{{${state}FunctionArn}}"`,
        );
      }
      if (verb !== 'cancel' && !peelBack.some((rule) => tests(rule, `$.${state}Error`))) {
        problems.push(`PeelBack: has no choice for $.${state}Error, so nothing says what a failed ${state} undoes`);
      }
      return problems;
    }),
  );
}

const tests = (rule: ChoiceRule, variable: string): boolean =>
  (rule.Variable === variable && rule.IsPresent === true) || (rule.Or ?? []).some((inner) => tests(inner, variable));

/** Reserved and confirmed in the order of the list, undone in its reverse. */
function lintOrder({ machine, legs }: LegLintInput): string[] {
  const layers = layersOf(legs);
  const forward = [
    'ReserveBooking',
    ...layers.map((layer) => layer.forward),
    ...legs.map(({ states }) => states.confirm),
    'ConfirmBooking',
  ];
  const backward = [...layers.map(({ compensation }) => compensation).reverse(), 'CompensationOutcome'];
  return [
    ...misplaced(machine, forward, `by the order of ${list}`),
    ...misplaced(machine, backward, `undoing in reverse of ${list},`),
  ];
}

function misplaced({ States }: StateMachine, expected: readonly string[], why: string): string[] {
  return expected.slice(1).flatMap((next, index) => {
    const name = expected[index] ?? '';
    const state = States[name];
    if (state === undefined || States[next] === undefined || state.Next === next) return [];
    return [`${name}: goes on to ${state.Next}, where ${why} ${next} comes next`];
  });
}

/** Nothing in a leg says how often it is tried, so all legs are tried alike; what may pass is tried alike everywhere. */
function lintRetries({ machine: { States }, legs }: LegLintInput): string[] {
  const forward = ['ReserveBooking', ...legs.map(({ states }) => states.reserve), 'TakePayment', 'ConfirmBooking'];
  const backward = ['RefundPayment', ...legs.map(({ states }) => states.cancel)];
  return [
    ...legVerbs.flatMap((verb) =>
      unequal(
        States,
        legs.map(({ states }) => states[verb]),
        'its Retry',
        (state) => state.Retry,
      ),
    ),
    ...[forward, backward].flatMap((names) => unequal(States, names, 'its last Retry', (state) => state.Retry?.at(-1))),
  ];
}

function unequal(
  states: StateMachine['States'],
  names: readonly string[],
  what: string,
  partOf: (state: State) => unknown,
): string[] {
  const parts = names.flatMap((name) =>
    states[name] === undefined ? [] : [[name, JSON.stringify(partOf(states[name]))]],
  );
  const [first, ...others] = parts;
  return others
    .filter(([, part]) => part !== first?.[1])
    .map(([name]) => `${name}: ${what} differs from that of ${first?.[0]}`);
}
