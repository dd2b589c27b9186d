import type { Retrier, State } from './asl.ts';
import { callOf } from './calls.ts';

/** Where a dead letter itself cannot be written, the execution has to fail, so that its event redrives it. */
const mayFailTheExecution: ReadonlySet<string> = new Set(['SendToDeadLetterQueue']);

const fields = ['Type', 'Resource', 'TimeoutSeconds', 'ResultPath', 'Retry', 'Catch', 'Next'];
/** The fields of each retrier: by Step Functions' defaults, waits have no cap and all runs try again at once. */
const waits = ['MaxAttempts', 'IntervalSeconds', 'BackoffRate', 'MaxDelaySeconds', 'JitterStrategy'] as const;

/** Between a function's time limit and its state's: Lambda's own answer that the function was cut short comes first. */
const marginSeconds = 5;
/** As the states of ordinary functions have. */
const serviceSeconds = 15;

/** @param functionTimeout seconds; undefined for a service integration */
export function lintTask(name: string, state: State, functionTimeout: number | undefined): string[] {
  return [
    ...fieldProblems(name, state),
    ...timeProblems(state, functionTimeout),
    ...(['Retry', 'Catch'] as const).flatMap((label) => catchAllProblems(label, state[label] ?? [])),
    ...handlerProblems(state),
  ].map((problem) => `${name}: ${problem}`);
}

/** Every Task has the same fields. The default of a missing one does harm, and a further one changes what the function gets. */
function fieldProblems(name: string, state: State): string[] {
  if (state.Resource === undefined) return ['has no Resource'];
  const allowed = [...fields, ...(callOf(name).parameters === undefined ? [] : ['Parameters'])];
  const expected = allowed.filter((field) => field !== 'Catch' || !mayFailTheExecution.has(name));
  const isMissing = (field: string): boolean => {
    const value = (state as unknown as Readonly<Record<string, unknown>>)[field];
    return value === undefined || (Array.isArray(value) && value.length === 0);
  };
  const resultPath = name === 'CancelBooking' ? '$.fence' : null;
  return [
    ...expected.filter(isMissing).map((field) => {
      if (field === 'Next') return 'neither goes on nor ends';
      return field === 'ResultPath'
        ? `has no ResultPath: it should be ${JSON.stringify(resultPath)}`
        : `has no ${field}`;
    }),
    ...Object.keys(state)
      .filter((field) => field !== 'Comment' && !allowed.includes(field))
      .map((field) => `has ${field}: it should have ${allowed.join(', ')} and a Comment alone`),
    ...(state.ResultPath === undefined || state.ResultPath === resultPath
      ? []
      : [`its ResultPath is ${JSON.stringify(state.ResultPath)}: it should be ${JSON.stringify(resultPath)}`]),
  ];
}

/** With a shorter limit, a function that is still running would write beside its second try. A longer one only delays that try. */
function timeProblems({ TimeoutSeconds }: State, functionTimeout: number | undefined): string[] {
  if (TimeoutSeconds === undefined) return [];
  if (functionTimeout !== undefined && TimeoutSeconds <= functionTimeout) {
    return [`TimeoutSeconds ${TimeoutSeconds} is not longer than its function's ${functionTimeout}`];
  }
  const expected = functionTimeout === undefined ? serviceSeconds : functionTimeout + marginSeconds;
  if (TimeoutSeconds === expected) return [];
  const why =
    functionTimeout === undefined
      ? ', as in every state that calls a service'
      : `: its function's ${functionTimeout} and ${marginSeconds} more`;
  return [`TimeoutSeconds ${TimeoutSeconds} should be ${expected}${why}`];
}

function catchAllProblems(label: string, list: readonly { readonly ErrorEquals: readonly string[] }[]): string[] {
  return list.flatMap(({ ErrorEquals }, index) => {
    if (!ErrorEquals.includes('States.ALL')) return [];
    return [
      ...(ErrorEquals.length > 1 ? [`States.ALL is not alone in a ${label}`] : []),
      ...(index < list.length - 1 ? [`States.ALL is not the last ${label}`] : []),
    ];
  });
}

function handlerProblems({ Retry = [], Catch = [] }: State): string[] {
  const isCaught = Catch.length === 0 || Catch.at(-1)?.ErrorEquals.includes('States.ALL');
  const retrying: readonly Retrier[] = Retry.filter(({ MaxAttempts }) => MaxAttempts !== 0);
  const missing = waits.filter((field) => retrying.some((retrier) => retrier[field] === undefined));
  return [
    ...(Catch.some(({ ResultPath }) => ResultPath === undefined) ? ['a Catch has no ResultPath'] : []),
    ...(isCaught ? [] : ['its last Catch is not for States.ALL']),
    ...(missing.length > 0 ? [`a Retry has no ${missing.join(', ')}`] : []),
  ];
}
