import { legVerbs } from '#functions/trip/define-leg.ts';
import { type ChoiceRule, type State, type StateMachine, sagaFileName } from './asl.ts';
import { forwardOrderOf, layersOf } from './layers.ts';
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
  return [...lintFunctions(input), ...lintStates(input), ...lintOrder(input), ...lintRetries(input)].map(
    (problem) => `${sagaFileName}: ${problem}`,
  );
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
        return [`has no state ${state}, which ${fileOf(leg, files)} names to ${verb} the ${name}`];
      }
      const problems: string[] = [];
      if (found.Resource !== `{{${state}FunctionArn}}`) {
        problems.push(
          `${state}: its Resource is "${found.Resource}" instead of its function's "{{${state}FunctionArn}}"`,
        );
      }
      if (verb === 'cancel') return problems;
      const choice = peelBack.find((rule) => tests(rule, `$.${state}Error`));
      const entry = verb === 'reserve' ? states.cancel : 'RefundPayment';
      if (choice === undefined) {
        problems.push(`PeelBack: has no choice for $.${state}Error, so nothing says what a failed ${state} undoes`);
      } else if (choice.Next !== entry) {
        problems.push(`PeelBack leads from $.${state}Error to ${choice.Next}: it should be ${entry}`);
      }
      return problems;
    }),
  );
}

const tests = (rule: ChoiceRule, variable: string): boolean =>
  (rule.Variable === variable && rule.IsPresent === true) || (rule.Or ?? []).some((inner) => tests(inner, variable));

/** Reserved and confirmed in the order of the list, undone in its reverse. */
function lintOrder({ machine, legs }: LegLintInput): string[] {
  const backward = [
    ...layersOf(legs)
      .map(({ compensation }) => compensation)
      .reverse(),
    'CompensationOutcome',
  ];
  return [
    ...misplaced(machine, forwardOrderOf(legs), `by the order of ${list}`),
    ...misplaced(machine, backward, `in reverse of ${list}`),
    ...skipped(machine, backward, `in reverse of ${list}`),
  ];
}

function misplaced({ States }: StateMachine, expected: readonly string[], why: string): string[] {
  return expected.slice(1).flatMap((next, index) => {
    const name = expected[index] ?? '';
    const state = States[name];
    if (state === undefined || States[next] === undefined || state.Next === next) return [];
    return [`Next of ${name} is ${state.Next}: ${why} it should be ${next}`];
  });
}

/** A compensation that fails goes on to the same layer as one that succeeds. */
function skipped({ States }: StateMachine, expected: readonly string[], why: string): string[] {
  return expected.slice(1).flatMap((next, index) => {
    const name = expected[index] ?? '';
    return (States[name]?.Catch ?? []).flatMap((catcher, at) =>
      catcher.Next === next || States[next] === undefined
        ? []
        : [`Next of Catch ${at + 1} of ${name} is ${catcher.Next}: ${why} it should be ${next}`],
    );
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
