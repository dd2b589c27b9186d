import type { Effects, Outcome } from './compiled.ts';
import type { StateDefinition } from './definition.ts';
import { runtimeError } from './errors.ts';
import { compileIntrinsic } from './intrinsic-parser.ts';
import { type Json, textOf } from './json.ts';
import { compileTemplate } from './payload-template.ts';
import { type Context, compilePath, type Read } from './reference-path.ts';
import { compileResultPath } from './result-path.ts';
import { isTimestamp } from './timestamp.ts';

export const whole: Read = (data) => data;

export function compileInputPath({ InputPath }: StateDefinition): Read {
  return compileSelection(InputPath, 'InputPath');
}

function compileSelection(path: string | null | undefined, field: string): Read {
  if (path === null) return () => ({});
  return path === undefined || path === '$' ? whole : compilePath(path, field);
}

/** From a state's result to its output: ResultPath, then OutputPath. */
export function compileOutput(state: StateDefinition): (input: Json, result: Json, context: Context) => Outcome {
  const place = compileResultPath(state.ResultPath);
  const select = compileSelection(state.OutputPath, 'OutputPath');
  return (input, result, context) => ({ output: select(place(input, result), context), next: state.Next });
}

export const compileSelector = (template: Json | undefined): Read =>
  template === undefined ? whole : compileTemplate(template);

function numberAt(path: string, field: string): (data: Json, context: Context) => number {
  const read = compilePath(path, field);
  return (data, context) => {
    const value = read(data, context);
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
    const wrong = Number.isInteger(value) ? 'references a negative value' : 'cannot be parsed as a long value';
    throw runtimeError(`The ${field} parameter ${wrong}: ${path} == ${textOf(value)}`);
  };
}

/** The result of a Task as it comes from outside, before ResultPath places it. */
export function compileTask(state: StateDefinition): (input: Json, effects: Effects) => Promise<Json> {
  const resource = state.Resource as string;
  const read = compileInputPath(state);
  const parameters = compileSelector(state.Parameters);
  const select = compileSelector(state.ResultSelector);
  const timeoutPath = state.TimeoutSecondsPath;
  const timeout = timeoutPath === undefined ? () => state.TimeoutSeconds : numberAt(timeoutPath, 'TimeoutSecondsPath');
  return async (input, effects) => {
    const data = read(input, effects.context);
    const payload = parameters(data, effects.context);
    const timeoutSeconds = timeout(data, effects.context);
    const result = await effects.call({ resource, payload, timeoutSeconds });
    return select(result, effects.context);
  };
}

export function compilePass(state: StateDefinition): (input: Json, effects: Effects) => Json {
  const read = compileInputPath(state);
  const parameters = compileSelector(state.Parameters);
  const { Result } = state;
  return (input, { context }) => {
    const data = parameters(read(input, context), context);
    return Result === undefined ? data : Result;
  };
}

/** AWS counts its seconds in 31 bits: so do executions recorded there. */
const longestWaitMs = 2_147_483_647_000;

/** A Wait hands its input on; it lasts as long as it says, whatever the scale of retries. */
export function compileWait(state: StateDefinition): (input: Json, effects: Effects) => Promise<Json> {
  const read = compileInputPath(state);
  const delay = compileDelay(state);
  return async (input, effects) => {
    const data = read(input, effects.context);
    const milliseconds = delay(data, effects);
    if (milliseconds > longestWaitMs) throw runtimeError('Wait state delay is too long.');
    await effects.sleep(milliseconds);
    return data;
  };
}

/** Milliseconds to wait. */
function compileDelay(state: StateDefinition): (data: Json, effects: Effects) => number {
  if (state.SecondsPath !== undefined) {
    const seconds = numberAt(state.SecondsPath, 'SecondsPath');
    return (data, { context }) => seconds(data, context) * 1000;
  }
  const read = state.TimestampPath === undefined ? undefined : compilePath(state.TimestampPath, 'TimestampPath');
  if (read === undefined && state.Timestamp === undefined) return () => (state.Seconds ?? 0) * 1000;
  const field = read === undefined ? 'Timestamp' : 'TimestampPath';
  return (data, { context, now }) => {
    const value = read === undefined ? state.Timestamp : read(data, context);
    const at = isTimestamp(value) ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(at)) {
      const shown = typeof value === 'string' ? value : JSON.stringify(value);
      const format = 'a valid ISO-8601 extended offset date-time format string';
      throw runtimeError(`The ${field} parameter does not reference ${format}: ${shown}`);
    }
    return Math.max(0, at - now());
  };
}

/** The error and cause of a Fail state; an empty text where it has none. */
export function compileFail(state: StateDefinition): (input: Json, context: Context) => readonly [string, string] {
  const read = (path: string | undefined, literal: string | undefined, field: string): Read => {
    if (path === undefined) return () => literal ?? '';
    const value = path.startsWith('$') ? compilePath(path, field) : compileIntrinsic(path, field);
    return (data, context) => {
      const found = value(data, context);
      if (typeof found === 'string') return found;
      throw runtimeError(`The ${field} parameter does not reference a string: ${JSON.stringify(found)}`);
    };
  };
  const error = read(state.ErrorPath, state.Error, 'ErrorPath');
  const cause = read(state.CausePath, state.Cause, 'CausePath');
  return (input, context) => [String(error(input, context)), String(cause(input, context))];
}
