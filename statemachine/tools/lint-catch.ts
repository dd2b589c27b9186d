import type { LegRecord } from '#functions/trip/define-leg.ts';
import type { Catcher, StateMachine } from './asl.ts';
import { backwardOrderOf, forwardOrderOf } from './layers.ts';
import { list } from './lint-records.ts';

/** Refusals that come before the run has written anything, so nothing is undone: by state and error, where they go. */
const refusals: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ReserveBooking: { InvalidSagaInputError: 'RejectInput', BookingAlreadyExistsError: 'FinalOutcome' },
};
/** A compensation's error that says that there was nothing to undo. */
const nothingToUndo: Readonly<Record<string, string>> = {
  ReleaseSeat: 'DynamoDB.ConditionalCheckFailedException',
};

/** Where a step's failure goes and under which path it is noted. @returns one sentence a violation */
export function lintCatch(machine: StateMachine, legs: readonly LegRecord[]): string[] {
  const backward = backwardOrderOf(legs);
  return [
    ...forwardOrderOf(legs).flatMap((name) => forwardProblems(machine, name)),
    ...backward.slice(0, -1).flatMap((name, index) => {
      const next = { state: backward[index + 1] ?? '', why: `in reverse of ${list} ` };
      return undoProblems(machine, name, next);
    }),
    ...['CancelBooking', 'CloseBooking'].flatMap((name) =>
      undoProblems(machine, name, { state: 'SendToDeadLetterQueue', why: '' }),
    ),
  ];
}

interface Expected {
  readonly next: { readonly state: string; readonly why: string };
  readonly path: string | null;
}

const catchersOf = ({ States }: StateMachine, name: string): readonly Catcher[] => States[name]?.Catch ?? [];

function forwardProblems(machine: StateMachine, name: string): string[] {
  const refused = refusals[name] ?? {};
  const catchers = catchersOf(machine, name);
  const missing = Object.entries(refused).filter(([error]) =>
    catchers.every(({ ErrorEquals }) => ErrorEquals.join() !== error),
  );
  if (missing.length > 0) {
    const wanted = missing.map(([error, next]) => `one for ${error} alone, which goes to ${next}`);
    return [`${name}: of its Catch is missing ${wanted.join(', and ')}`];
  }
  return catchers.flatMap((catcher, index) =>
    catcherProblems(`Catch ${index + 1} of ${name}`, catcher, {
      next: { state: refused[catcher.ErrorEquals.join()] ?? 'CancelBooking', why: '' },
      path: `$.${name}Error`,
    }),
  );
}

function undoProblems(machine: StateMachine, name: string, next: Expected['next']): string[] {
  return catchersOf(machine, name).flatMap((catcher, index) => {
    const isDone = catcher.ErrorEquals.join() === nothingToUndo[name];
    const path = isDone ? null : `$.failedLayers.${name}`;
    return catcherProblems(`Catch ${index + 1} of ${name}`, catcher, { next, path });
  });
}

function catcherProblems(at: string, { Next, ResultPath }: Catcher, { next, path }: Expected): string[] {
  const problems: string[] = [];
  if (Next !== next.state) problems.push(`Next of ${at} is ${Next}: ${next.why}it should be ${next.state}`);
  if (ResultPath !== path) {
    problems.push(`ResultPath of ${at} is ${JSON.stringify(ResultPath)}: it should be ${JSON.stringify(path)}`);
  }
  return problems.length > 0 ? [problems.join('; ')] : [];
}
