import { isDeepStrictEqual } from 'node:util';
import { legVerbs } from '#functions/trip/define-leg.ts';
import { plain, type State, type StateMachine, sagaFileName } from './asl.ts';
import { backwardOrderOf, forwardOrderOf } from './layers.ts';
import { lintParameters, lintResources } from './lint-calls.ts';
import { lintCatch } from './lint-catch.ts';
import { lintPeelBack } from './lint-peel-back.ts';
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
  const { machine, legs, placeholders } = input;
  const states = [...lintResources(machine, placeholders), ...lintStates(input)];
  // Without a state, what should lead to it is wrong as well: one fault is one sentence.
  const found =
    states.length > 0
      ? states
      : [
          ...lintOrder(input),
          ...lintCatch(machine, legs),
          ...lintPeelBack(machine, legs),
          ...lintRetries(input),
          ...lintParameters(machine),
        ];
  return found.map((problem) => `${sagaFileName}: ${problem}`);
}

/** The state of each leg and verb. */
function lintStates({ machine, legs, files }: LegLintInput): string[] {
  return legs.flatMap((leg) =>
    legVerbs.flatMap((verb) => {
      const state = leg.states[verb];
      const found = machine.States[state];
      if (found === undefined) {
        return [`has no state ${state}, which ${fileOf(leg, files)} names to ${verb} the ${leg.name}`];
      }
      return found.Type === 'Task' ? [] : [`${state}: its Type is ${found.Type}: it should be Task`];
    }),
  );
}

/** Reserved and confirmed in the order of the list, undone in its reverse. */
const lintOrder = ({ machine, legs }: LegLintInput): string[] => [
  ...misplaced(machine, [...forwardOrderOf(legs), 'NotifyBookingConfirmed'], `by the order of ${list}`),
  ...misplaced(machine, backwardOrderOf(legs), `in reverse of ${list}`),
];

function misplaced({ States }: StateMachine, expected: readonly string[], why: string): string[] {
  return expected.slice(1).flatMap((next, index) => {
    const name = expected[index] ?? '';
    const state = States[name];
    if (state === undefined || state.Next === next) return [];
    return [`Next of ${name} is ${state.Next}: ${why} it should be ${next}`];
  });
}

/** Nothing in a leg says how often it is tried, so all legs are tried alike; what may pass is tried alike everywhere. */
function lintRetries({ machine: { States }, legs }: LegLintInput): string[] {
  const forward = ['ReserveBooking', ...legs.map(({ states }) => states.reserve), 'TakePayment', 'ConfirmBooking'];
  const backward = ['RefundPayment', ...legs.map(({ states }) => states.cancel)];
  const ofVerbs = legVerbs.map((verb) => legs.map(({ states }) => states[verb]));
  const times = ofVerbs.flatMap((names) => unequal(States, names, 'TimeoutSeconds', (state) => state.TimeoutSeconds));
  const retries = ofVerbs.flatMap((names) => unequal(States, names, 'Retry', (state) => state.Retry));
  const lasts = [forward, backward].flatMap((names) =>
    unequal(States, names, 'last Retry', (state) => state.Retry?.at(-1)),
  );
  const said = new Set(retries.map(({ name }) => name));
  return [...times, ...retries, ...lasts.filter(({ name }) => !said.has(name))].map(({ problem }) => problem);
}

/** Those that differ from most of them. */
function unequal(
  states: StateMachine['States'],
  names: readonly string[],
  what: string,
  partOf: (state: State) => unknown,
): { readonly name: string; readonly problem: string }[] {
  const parts = names.flatMap((name) =>
    states[name] === undefined ? [] : [{ name, part: plain(partOf(states[name])) }],
  );
  const likeOf = (part: unknown) => parts.filter((other) => isDeepStrictEqual(other.part, part));
  const usual = parts.toSorted((a, b) => likeOf(b.part).length - likeOf(a.part).length)[0];
  return parts
    .filter(({ part }) => !isDeepStrictEqual(part, usual?.part))
    .map(({ name }) => ({ name, problem: `${name}: its ${what} differs from that of ${usual?.name}` }));
}
