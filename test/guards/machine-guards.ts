import type { Guard } from './guard.ts';

interface State {
  Type: string;
  Catch?: { ErrorEquals: string[]; ResultPath?: string | null; Next: string }[];
  Retry?: { ErrorEquals: string[]; MaxAttempts?: number }[];
  ResultPath?: string | null;
  Choices?: { Next: string }[];
  Parameters?: { ConditionExpression?: string };
}

interface Machine {
  readonly States: Readonly<Record<string, State>>;
}

/** All guards of the definition, found in it: a new state's are among them by themselves. */
export function machineGuards(definition: object): Guard[] {
  const { States } = definition as Machine;
  const guard = (kind: Guard['kind'], state: string, what: string, change: (state: State) => void): Guard => ({
    name: `${state}: ${what}`,
    kind,
    about: [state],
    without: {
      of: 'machine',
      definition() {
        const copy = structuredClone(definition) as Machine;
        change(copy.States[state] as State);
        return copy;
      },
    },
  });
  return Object.entries(States).flatMap(([name, { Catch = [], Retry = [], Choices = [], Parameters, ...state }]) => [
    ...Catch.map(({ ErrorEquals, Next }, index) =>
      guard('catch', name, `Catch of ${ErrorEquals} to ${Next}`, ({ Catch }) => Catch?.splice(index, 1)),
    ),
    ...Catch.flatMap(({ ErrorEquals, ResultPath }, index) =>
      ResultPath === undefined
        ? []
        : [
            guard('result path', name, `ResultPath ${ResultPath} of the Catch of ${ErrorEquals}`, ({ Catch }) => {
              delete Catch?.[index]?.ResultPath;
            }),
          ],
    ),
    ...Retry.map(({ ErrorEquals, MaxAttempts }, index) =>
      guard(
        'retry',
        name,
        MaxAttempts === 0 ? `no Retry of ${ErrorEquals.join(', ')}` : `Retry of ${shortList(ErrorEquals)}`,
        ({ Retry }) => Retry?.splice(index, 1),
      ),
    ),
    ...('ResultPath' in state
      ? [guard('result path', name, `ResultPath ${state.ResultPath}`, (changed) => delete changed.ResultPath)]
      : []),
    ...Choices.map((choice, index) =>
      guard('choice', name, `choice ${index + 1}, to ${choice.Next}`, ({ Choices }) => Choices?.splice(index, 1)),
    ),
    ...(Parameters?.ConditionExpression === undefined
      ? []
      : weakenings(Parameters.ConditionExpression).map(({ part, weakened }) =>
          guard('condition', name, `\`${part}\``, ({ Parameters }) => {
            if (Parameters) Parameters.ConditionExpression = weakened;
          }),
        )),
  ]);
}

const shortList = ([first = '', ...others]: readonly string[]): string =>
  others.length === 0 ? first : `${first} and ${others.length} others`;

export interface Weakening {
  /** The part that holds no more. */
  readonly part: string;
  readonly weakened: string;
}

/** True of every item, so that the names and values of what it is beside are still used. */
const always = 'attribute_exists(pk) OR attribute_not_exists(pk)';

/** A condition without each part that AND joins, at any depth, and without all of itself. */
export function weakenings(condition: string): Weakening[] {
  const text = condition.replaceAll(/\s+/g, ' ').trim();
  return [...new Set([text, ...conjunctsOf(text)])].map((part) => ({
    part,
    weakened: text.replace(part, () => `(${part} OR ${always})`),
  }));
}

function conjunctsOf(text: string): string[] {
  const inner = [...groupsOf(text)].flatMap(conjunctsOf);
  const parts = splitAtTop(text, ' AND ');
  return parts.length > 1
    ? [...parts.filter((part) => splitAtTop(part, ' OR ').length === 1 || part.startsWith('(')), ...inner]
    : inner;
}

/** What stands in the outermost parentheses that are no function's arguments. */
function* groupsOf(text: string): Iterable<string> {
  let depth = 0;
  let start = 0;
  for (const [index, letter] of [...text].entries()) {
    if (letter === '(' && depth++ === 0) start = index;
    if (letter === ')' && --depth === 0 && !/[\w]$/.test(text.slice(0, start)) && !/ IN $/.test(text.slice(0, start))) {
      yield text.slice(start + 1, index);
    }
  }
}

function splitAtTop(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '(') depth += 1;
    if (text[index] === ')') depth -= 1;
    if (depth === 0 && text.startsWith(separator, index)) {
      parts.push(text.slice(from, index));
      from = index + separator.length;
    }
  }
  return [...parts, text.slice(from)].map((part) => part.trim());
}
