import { isDeepStrictEqual } from 'node:util';
import type { LegRecord } from '#functions/trip/define-leg.ts';
import { plain, type Retrier, type StateMachine } from './asl.ts';
import { retriersOf, triesFile } from './tries.ts';

/** Whether each Task is tried again where waiting helps, and only there. @returns one sentence a state */
export const lintRetry = ({ States }: StateMachine, legs: readonly LegRecord[]): string[] =>
  Object.entries(States).flatMap(([name, { Type, Retry = [] }]) => {
    // Where there is none, `lintTask` reports it.
    if (Type !== 'Task' || Retry.length === 0) return [];
    const problems = problemsOf(name, plain(Retry) as readonly Retrier[], retriersOf(name, legs));
    return problems.length === 0 ? [] : [`${problems.join('; ')}: ${triesFile} says what is tried again`];
  });

function problemsOf(name: string, found: readonly Retrier[], expected: readonly Retrier[]): string[] {
  if (found.length !== expected.length) {
    const wanted = `${expected.length}, for ${expected.map(({ ErrorEquals }) => shortList(ErrorEquals)).join('; ')}`;
    return [`Retry of ${name} has ${found.length} retrier${found.length === 1 ? '' : 's'}: it should have ${wanted}`];
  }
  return expected.flatMap((retrier, index) => {
    const at = `Retry ${index + 1} of ${name}`;
    const one = found[index] ?? { ErrorEquals: [] };
    return [...errorProblems(at, one.ErrorEquals, retrier.ErrorEquals), ...fieldProblems(at, one, retrier)];
  });
}

function errorProblems(at: string, found: readonly string[], expected: readonly string[]): string[] {
  const lacking = expected.filter((error) => !found.includes(error));
  const further = found.filter((error) => !expected.includes(error));
  const repeated = found.filter((error, index) => found.indexOf(error) < index && !further.includes(error));
  const of = `ErrorEquals of ${at}`;
  const problems = [
    ...(lacking.length > 0 ? [`${of} lacks ${lacking.join(', ')}`] : []),
    ...(further.length > 0 ? [`${of} has ${further.join(', ')}, which it should not have`] : []),
    ...(repeated.length > 0 ? [`${of} has ${repeated.join(', ')} twice`] : []),
  ];
  if (problems.length > 0 || isDeepStrictEqual(found, expected)) return problems;
  return [`${of} is in another order than elsewhere: it should be ${expected.join(', ')}`];
}

const fields = ['IntervalSeconds', 'BackoffRate', 'MaxAttempts', 'MaxDelaySeconds', 'JitterStrategy'] as const;

const fieldProblems = (at: string, found: Retrier, expected: Retrier): string[] =>
  fields.flatMap((field) => {
    const [is, should] = [found[field], expected[field]];
    if (is === should) return [];
    if (should === undefined) return [`${at} waits, although it has no attempts: it should have no ${field}`];
    return [
      `${field} of ${at} is ${is === undefined ? 'missing' : JSON.stringify(is)}: it should be ${JSON.stringify(should)}`,
    ];
  });

const shortList = ([first = '', ...others]: readonly string[]): string =>
  others.length === 0 ? first : `${first} and ${others.length} others`;
