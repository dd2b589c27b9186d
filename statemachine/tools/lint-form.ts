import { lintChoiceForm } from './lint-choice-form.ts';

type Value = Readonly<Record<string, unknown>>;

const types: readonly unknown[] = ['Task', 'Choice', 'Succeed', 'Fail'];

const ofMachine = ['StartAt', 'TimeoutSeconds', 'States'];
/** The fields of each type; `lintTask` has those of a Task. Another one changes a state's input or output, or is misspelled. */
const ofTypes: Readonly<Record<string, readonly string[]>> = {
  Choice: ['Type', 'Choices', 'Default'],
  Succeed: ['Type'],
  Fail: ['Type', 'Error', 'Cause'],
};
const ofHandlers: Readonly<Record<string, readonly string[]>> = {
  Retry: ['ErrorEquals', 'IntervalSeconds', 'BackoffRate', 'MaxAttempts', 'MaxDelaySeconds', 'JitterStrategy'],
  Catch: ['ErrorEquals', 'ResultPath', 'Next'],
};
const typed = [
  ['Resource', 'string', 'text'],
  ['Next', 'string', 'text'],
  ['TimeoutSeconds', 'number', 'number'],
] as const;

/**
 * Checks the form that the other rules rely on. The language's own validator checks it as well, but names no state.
 * @param machine any JSON
 * @returns one sentence a violation
 */
export function lintForm(machine: unknown): string[] {
  if (!isObject(machine)) return [`${notObject('is', machine)} with ${ofMachine.join(', ')}`];
  const { StartAt, States } = machine;
  if (!isObject(States)) return ['has no States: an object with each state under its name'];
  const problems = Object.entries(States).flatMap(([name, state]) =>
    (isObject(state) ? formProblems(state) : [notObject('is', state)]).map((problem) => `${name}: ${problem}`),
  );
  return [
    ...(typeof StartAt === 'string' && Object.hasOwn(States, StartAt)
      ? []
      : [StartAt === undefined ? 'StartAt is missing' : `StartAt is ${JSON.stringify(StartAt)}, which is no state`]),
    ...furtherFields('', machine, ofMachine),
    ...problems,
  ];
}

function formProblems(state: Value): string[] {
  const { Type } = state;
  if (Type === undefined) return ['has no Type'];
  if (!types.includes(Type)) return [`its Type is ${JSON.stringify(Type)}: it should be one of ${types.join(', ')}`];
  const allowed = ofTypes[String(Type)];
  return [
    ...(allowed === undefined ? [] : furtherFields('', state, allowed, `as a ${Type} `)),
    ...(Type === 'Choice' ? choiceProblems(state) : []),
    ...(Type === 'Fail'
      ? ['Error', 'Cause'].filter((field) => !isText(state[field])).map((field) => `has no ${field}`)
      : []),
    ...typed
      .filter(([field, type]) => state[field] !== undefined && typeof state[field] !== type)
      .map(([field, , said]) => `its ${field} is ${JSON.stringify(state[field])}: it should be a ${said}`),
    ...['Retry', 'Catch'].flatMap((list) => handlerProblems(list, state[list])),
  ];
}

function choiceProblems({ Choices, Default }: Value): string[] {
  if (!Array.isArray(Choices) || Choices.length === 0) return ['has no Choices'];
  const problems = Choices.flatMap((choice: unknown, index) => {
    const at = `choice ${index + 1}`;
    if (!isObject(choice)) return [notObject(`${at} is`, choice)];
    return isText(choice.Next) ? [] : [`${at} has no Next`];
  });
  if (!isText(Default)) problems.push('has no Default');
  return problems.length > 0 ? problems : lintChoiceForm(Choices);
}

function handlerProblems(list: string, handlers: unknown): string[] {
  if (handlers === undefined) return [];
  if (!Array.isArray(handlers)) return [`its ${list} is no list`];
  return handlers.flatMap((handler: unknown, index) => {
    const at = `${list} ${index + 1}`;
    if (!isObject(handler)) return [notObject(`${at} is`, handler)];
    return [
      ...(isTexts(handler.ErrorEquals) ? [] : [`${at} has no ErrorEquals, a list of the errors that it is for`]),
      ...(list === 'Retry' || isText(handler.Next) ? [] : [`${at} has no Next`]),
      ...furtherFields(`${at} `, handler, ofHandlers[list] ?? []),
    ];
  });
}

/** @param as names the state's Type, since the mistake may be the Type and not the field */
function furtherFields(at: string, value: Value, allowed: readonly string[], as = ''): string[] {
  const further = Object.keys(value).filter((field) => field !== 'Comment' && !allowed.includes(field));
  if (further.length === 0) return [];
  return [`${at}has ${further.join(', ')}: ${as}it should have ${allowed.join(', ')} and a Comment alone`];
}

const notObject = (at: string, value: unknown): string => `${at} ${JSON.stringify(value)}: it should be an object`;

const isObject = (value: unknown): value is Value =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isText);
