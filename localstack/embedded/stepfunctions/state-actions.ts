import type { StateDefinition } from './definition.ts';
import { runtimeError } from './errors.ts';
import type { Json } from './json.ts';
import { compileTemplate } from './payload-template.ts';
import { type Context, compilePath, type Read } from './reference-path.ts';

/** One evaluated Task, as it goes to the TaskPort and into the history. */
export interface TaskCall {
  readonly resource: string;
  readonly payload: Json;
  /** The payload is the state's whole input, so the history need not keep it twice. */
  readonly isStateInput: boolean;
  readonly timeoutSeconds: number | undefined;
}

/** What a state may do to the world while it runs; both reject when the execution ends first. */
export interface Effects {
  readonly context: Context;
  call(task: TaskCall): Promise<Json>;
  sleep(milliseconds: number): Promise<void>;
}

/** Turns the state's raw input into the result that ResultPath and OutputPath then place. */
export type StateAction = (input: Json, effects: Effects) => Promise<Json>;

const whole: Read = (data) => data;

function compileInputPath({ InputPath }: StateDefinition): Read {
  if (InputPath === null) return () => ({});
  return InputPath === undefined || InputPath === '$' ? whole : compilePath(InputPath, 'InputPath');
}

function numberAt(read: Read, field: string): (data: Json, context: Context) => number {
  return (data, context) => {
    const value = read(data, context);
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
    throw runtimeError(`The ${field} parameter does not reference an integer`);
  };
}

export function compileTask(state: StateDefinition): StateAction {
  const resource = state.Resource as string;
  const read = compileInputPath(state);
  const parameters = state.Parameters === undefined ? whole : compileTemplate(state.Parameters);
  const select = state.ResultSelector === undefined ? whole : compileTemplate(state.ResultSelector);
  const timeoutPath = state.TimeoutSecondsPath;
  const timeout =
    timeoutPath === undefined
      ? () => state.TimeoutSeconds
      : numberAt(compilePath(timeoutPath, 'TimeoutSecondsPath'), 'TimeoutSecondsPath');
  return async (input, effects) => {
    const data = read(input, effects.context);
    const payload = parameters(data, effects.context);
    const timeoutSeconds = timeout(data, effects.context);
    const result = await effects.call({ resource, payload, isStateInput: payload === input, timeoutSeconds });
    return select(result, effects.context);
  };
}

export function compilePass(state: StateDefinition): StateAction {
  const read = compileInputPath(state);
  const parameters = state.Parameters === undefined ? whole : compileTemplate(state.Parameters);
  const { Result } = state;
  return async (input, { context }) => {
    const data = parameters(read(input, context), context);
    return Result === undefined ? data : Result;
  };
}

/** `scale` shortens the wait for tests and local runs. */
export function compileWait(state: StateDefinition, scale: number): StateAction {
  const read = compileInputPath(state);
  const delay = compileDelay(state);
  return async (input, effects) => {
    const data = read(input, effects.context);
    await effects.sleep(delay(data, effects.context) * scale);
    return data;
  };
}

/** Milliseconds to wait. */
function compileDelay(state: StateDefinition): (data: Json, context: Context) => number {
  if (state.SecondsPath !== undefined) {
    const seconds = numberAt(compilePath(state.SecondsPath, 'SecondsPath'), 'SecondsPath');
    return (data, context) => seconds(data, context) * 1000;
  }
  const read = state.TimestampPath === undefined ? undefined : compilePath(state.TimestampPath, 'TimestampPath');
  if (read === undefined && state.Timestamp === undefined) return () => (state.Seconds ?? 0) * 1000;
  return (data, context) => {
    const at = Date.parse(String(read === undefined ? state.Timestamp : read(data, context)));
    if (Number.isNaN(at)) throw runtimeError('The TimestampPath parameter does not reference a timestamp');
    return Math.max(0, at - Date.now());
  };
}
