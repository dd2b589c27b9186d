import type { LegRecord } from '#functions/trip/define-leg.ts';
import type { Catcher, StateMachine } from './asl.ts';
import { backwardOrderOf, forwardOrderOf } from './layers.ts';
import { list } from './lint-records.ts';
import { lettersOf, waysOn } from './ways.ts';

/** Refusals that come before the run has written anything, so nothing is undone: by state and error, where they go. */
const refusals: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ReserveBooking: { InvalidSagaInputError: 'RejectInput', BookingAlreadyExistsError: 'FinalOutcome' },
};
/** A compensation's error that says that there was nothing to undo. */
const nothingToUndo: Readonly<Record<string, string>> = {
  ReleaseSeat: 'DynamoDB.ConditionalCheckFailedException',
};

interface Expected {
  readonly error: string;
  readonly next: string;
  /** Why it goes there. */
  readonly why?: string;
  readonly path: string | null;
}

/** Where a step's failure goes and under which path it is noted. @returns one sentence a violation */
export const lintCatch = ({ States }: StateMachine, legs: readonly LegRecord[]): string[] =>
  [...expectedOf(legs)].flatMap(([name, expected]) => problemsOf(name, States[name]?.Catch ?? [], expected));

/** By state, its catchers in their order: the one for all other errors is the last. */
function expectedOf(legs: readonly LegRecord[]): ReadonlyMap<string, readonly Expected[]> {
  const all = (next: string, path: string | null, why = ''): Expected => ({ error: 'States.ALL', next, why, path });
  const backward = backwardOrderOf(legs);
  return new Map([
    ...forwardOrderOf(legs).map((name): [string, Expected[]] => {
      const path = `$.${name}Error`;
      const refused = Object.entries(refusals[name] ?? {}).map(([error, next]) => ({ error, next, path }));
      return [name, [...refused, all('CancelBooking', path)]];
    }),
    ...backward.slice(0, -1).map((name, index): [string, Expected[]] => {
      const [next = '', why] = [backward[index + 1], `in reverse of ${list} `];
      const done = nothingToUndo[name];
      const ofDone = done === undefined ? [] : [{ error: done, next, why, path: null }];
      return [name, [...ofDone, all(next, `$.failedLayers.${name}`, why)]];
    }),
    ...['CancelBooking', 'CloseBooking'].map((name): [string, Expected[]] => [
      name,
      [all('SendToDeadLetterQueue', `$.failedLayers.${name}`)],
    ]),
    ...Object.entries(lettersOf).flatMap(([name, letter]): [string, Expected[]][] => [
      [name, [all(letter, `$.${name}Error`)]],
      // The run goes on in the same way whether the dead letter was sent or lost.
      [letter, [all(waysOn[letter] ?? '', null)]],
    ]),
    ['SendToDeadLetterQueue', []],
  ]);
}

/** One fault gets one sentence: each catcher is checked first, and only then the list of them. */
function problemsOf(name: string, catchers: readonly Catcher[], expected: readonly Expected[]): string[] {
  // Where there is none, `lintTask` reports it.
  if (catchers.length === 0) return [];
  const last = expected.at(-1);
  if (last === undefined) {
    return [`${name}: has a Catch: it should have none, so that the execution fails and its event redrives it`];
  }
  const missing = expected.slice(0, -1).filter(({ error }) => catchers.every((catcher) => errorsOf(catcher) !== error));
  if (missing.length > 0) {
    const wanted = missing.map(({ error, next }) => `one for ${error} alone, which goes to ${next}`);
    return [`${name}: of its Catch is missing ${wanted.join(', and ')}`];
  }
  const astray = catchers.flatMap((catcher, index) => {
    const meant = expected.find(({ error }) => error === errorsOf(catcher)) ?? last;
    return catcherProblems(`Catch ${index + 1} of ${name}`, catcher, meant);
  });
  return astray.length > 0 ? astray : errorProblems(name, catchers, expected);
}

const errorsOf = ({ ErrorEquals }: Catcher): string => ErrorEquals.join(', ');

function catcherProblems(at: string, { Next, ResultPath }: Catcher, { next, why = '', path }: Expected): string[] {
  const problems: string[] = [];
  if (Next !== next) problems.push(`Next of ${at} is ${Next}: ${why}it should be ${next}`);
  if (ResultPath !== path) {
    const is = ResultPath === undefined ? 'missing' : JSON.stringify(ResultPath);
    problems.push(`ResultPath of ${at} is ${is}: it should be ${JSON.stringify(path)}`);
  }
  return problems.length > 0 ? [problems.join('; ')] : [];
}

function errorProblems(name: string, catchers: readonly Catcher[], expected: readonly Expected[]): string[] {
  const found = catchers.map(errorsOf);
  const wanted = expected.map(({ error }) => error);
  const at = (index: number): string => `Catch ${index + 1} of ${name} is for ${found[index]}`;
  const further = found.findIndex((error, index) => !wanted.includes(error) || found.indexOf(error) < index);
  if (found.length > wanted.length) {
    return [`${at(further)}: it should be left out, since ${name} should catch ${wanted.join(', ')} alone`];
  }
  if (found.length < wanted.length) {
    const lacking = wanted.filter((error) => !found.includes(error));
    return [`${name}: of its Catch is missing one for ${lacking.join(', ')} alone`];
  }
  const problems = wanted.flatMap((error, index) =>
    error === found[index] ? [] : [`${at(index)}: it should be for ${error} alone`],
  );
  return problems.length > 0 ? [problems.join('; ')] : [];
}
