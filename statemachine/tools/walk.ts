import { type State, type StateMachine, stateOf } from './asl.ts';
import { holds } from './choice.ts';

type Data = Readonly<Record<string, unknown>>;

export interface WalkOptions {
  readonly input: Data;
  /** By state: the error that each of its attempts ends with. All other states succeed. */
  readonly fails?: Readonly<Record<string, string>>;
  /** By state: what it answers, where its answer is kept. */
  readonly answers?: Readonly<Record<string, unknown>>;
}

export interface Walk {
  /** In order. */
  readonly entered: readonly string[];
  /** By state, how often it was tried again. */
  readonly retries: ReadonlyMap<string, number>;
  readonly end: State;
}

/** What Step Functions bills: each state that is entered, and each retry. https://aws.amazon.com/step-functions/pricing/ */
export const transitionsOf = ({ entered, retries }: Pick<Walk, 'entered' | 'retries'>): number =>
  entered.length + [...retries.values()].reduce((sum, count) => sum + count, 0);

/**
 * The states that an execution goes through. It knows of the language what the saga's machine uses.
 * @throws Error where the machine does not end, or a failure is neither caught nor at a Fail
 */
export function walkMachine(machine: StateMachine, { input, fails = {}, answers = {} }: WalkOptions): Walk {
  const context = { Execution: { Name: input.execution_id } };
  const entered: string[] = [];
  const retries = new Map<string, number>();
  const limit = Object.keys(machine.States).length;
  let data = input;
  for (let name = machine.StartAt; entered.length <= limit; ) {
    const state = stateOf(machine, name);
    entered.push(name);
    if (state.Type === 'Succeed' || state.Type === 'Fail') return { entered, retries, end: state };
    if (state.Type === 'Choice') {
      const rule = state.Choices?.find((choice) => holds(choice, { state: data, context }));
      name = targetOf(rule?.Next ?? state.Default, name);
      continue;
    }
    const error = fails[name];
    if (error === undefined) {
      data = withResult(data, state.ResultPath, answers[name] ?? {});
      name = targetOf(state.Next, name);
      continue;
    }
    const tries = retriesOf(state, error);
    if (tries > 0) retries.set(name, tries);
    const catcher = state.Catch?.find(({ ErrorEquals }) => isNamed(error, ErrorEquals));
    if (catcher === undefined) throw new Error(`${name} fails with ${error}, and nothing catches it`);
    data = withResult(data, catcher.ResultPath, { Error: error });
    name = catcher.Next;
  }
  throw new Error(`The machine goes in circles: ${entered.join(' → ')}`);
}

const isNamed = (error: string, names: readonly string[]): boolean =>
  names.includes(error) || names.includes('States.ALL');

/** The first retrier that names the error decides; three attempts where it does not say. */
function retriesOf({ Retry = [] }: State, error: string): number {
  const retrier = Retry.find(({ ErrorEquals }) => isNamed(error, ErrorEquals));
  return retrier === undefined ? 0 : (retrier.MaxAttempts ?? 3);
}

function targetOf(name: string | undefined, from: string): string {
  if (name === undefined) throw new Error(`${from} has no next state`);
  return name;
}

/** `null` drops the result; a path puts it there. */
function withResult(data: Data, path: string | null | undefined, result: unknown): Data {
  if (path === null) return data;
  if (path === undefined || path === '$') return result as Data;
  const names = path.slice(2).split('.');
  const put = (into: Data, [first = '', ...rest]: readonly string[]): Data => ({
    ...into,
    [first]: rest.length === 0 ? result : put((into[first] ?? {}) as Data, rest),
  });
  return put(data, names);
}
