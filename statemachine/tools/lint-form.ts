import type { StateMachine } from './asl.ts';

type Value = Readonly<Record<string, unknown>>;

const types: readonly unknown[] = ['Task', 'Choice', 'Succeed', 'Fail'];

/**
 * What the other rules rely on. The language's own schema says it in a way that names no state.
 * @returns one sentence a violation
 */
export function lintForm(machine: StateMachine): string[] {
  const states: Value = machine.States;
  const problems = Object.entries(states).flatMap(([name, state]) =>
    formProblems(state as Value).map((problem) => `${name}: ${problem}`),
  );
  return Object.hasOwn(states, machine.StartAt)
    ? problems
    : [`StartAt is "${machine.StartAt}", which is no state`, ...problems];
}

function formProblems(state: Value): string[] {
  if (!types.includes(state.Type)) {
    return [
      state.Type === undefined
        ? 'has no Type'
        : `its Type is ${JSON.stringify(state.Type)}: it should be one of ${types.join(', ')}`,
    ];
  }
  return [
    ...(state.Type === 'Choice' ? choiceProblems(state) : []),
    ...['Retry', 'Catch'].flatMap((list) => handlerProblems(list, state[list])),
  ];
}

function choiceProblems({ Choices, Default }: Value): string[] {
  if (!Array.isArray(Choices) || Choices.length === 0) return ['has no Choices'];
  const problems = Choices.flatMap(({ Next }: Value, at) =>
    typeof Next === 'string' ? [] : [`choice ${at + 1} has no Next`],
  );
  return typeof Default === 'string' ? problems : [...problems, 'has no Default'];
}

function handlerProblems(list: string, handlers: unknown): string[] {
  if (handlers === undefined) return [];
  if (!Array.isArray(handlers)) return [`its ${list} is no list`];
  return handlers.flatMap(({ ErrorEquals, Next }: Value, at) => [
    ...(isTexts(ErrorEquals) ? [] : [`${list} ${at + 1} has no ErrorEquals, a list of the errors that it is for`]),
    ...(list === 'Retry' || typeof Next === 'string' ? [] : [`Catch ${at + 1} has no Next`]),
  ]);
}

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');
