import { legVerbs } from '#functions/trip/define-leg.ts';
import { type StateMachine, sagaFileName } from './asl.ts';
import { backwardOrderOf, forwardOrderOf } from './layers.ts';
import { lintParameters, lintResources } from './lint-calls.ts';
import { lintCatch } from './lint-catch.ts';
import { lintChoices } from './lint-choices.ts';
import { lintEnds } from './lint-ends.ts';
import { lintPeelBack } from './lint-peel-back.ts';
import { fileOf, lintRecords, list, type RecordLintInput } from './lint-records.ts';
import { lintRetry } from './lint-retry.ts';
import { ownStates } from './own-states.ts';
import { waysOn } from './ways.ts';

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
  // An end that became a Task would also lack a Resource: one fault gets one sentence.
  const wrongEnds = lintEnds(machine);
  // So would a state that is misspelt: what it should call is that of a state that is missing.
  const wrongStates = [wrongEnds, [...lintStates(input), ...lintOwnStates(input)]].find(({ length }) => length > 0);
  const states = wrongStates ?? lintResources(machine, placeholders);
  // Where a state is missing, each way to it is wrong as well: one fault gets one sentence.
  const found =
    states.length > 0
      ? states
      : [
          ...lintOrder(input),
          ...lintChoices(machine),
          ...lintCatch(machine, legs),
          ...lintPeelBack(machine, legs),
          ...lintRetry(machine, legs),
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

/** The states that every saga has, with any legs. */
function lintOwnStates({ machine, legs }: LegLintInput): string[] {
  const ofLegs = new Set(legs.flatMap(({ states }) => Object.values(states)));
  const names = new Set([...forwardOrderOf(legs), ...backwardOrderOf(legs), ...ownStates]);
  return [...names]
    .filter((name) => !ofLegs.has(name) && machine.States[name] === undefined)
    .map((name) => `has no state ${name}`);
}

/** Reserved and confirmed in the order of the list, undone in its reverse, and then told. */
const lintOrder = ({ machine, legs }: LegLintInput): string[] => [
  ...misplaced(machine, [...forwardOrderOf(legs), 'NotifyBookingConfirmed'], `by the order of ${list} `),
  ...misplaced(machine, backwardOrderOf(legs), `in reverse of ${list} `),
  ...Object.entries(waysOn).flatMap((way) => misplaced(machine, way, '')),
];

function misplaced({ States }: StateMachine, expected: readonly string[], why: string): string[] {
  return expected.slice(1).flatMap((next, index) => {
    const name = expected[index] ?? '';
    const state = States[name];
    if (state === undefined || state.Next === next) return [];
    return [`Next of ${name} is ${state.Next ?? 'missing'}: ${why}it should be ${next}`];
  });
}
