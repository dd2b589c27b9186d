import { StatesError } from './errors.ts';
import { isObject, type Json, textOf } from './json.ts';
import { parsePath } from './reference-path.ts';

/** Where a state's result goes in its raw input: `$` and nothing replace it, null leaves it as it is. */
export function compileResultPath(path: string | null | undefined): (input: Json, result: Json) => Json {
  if (path === null) return (input) => input;
  if (path === undefined || path === '$') return (_, result) => result;
  const keys = parsePath(path).keys.map(String);
  return (input, result) => placed(input, keys, result, path);
}

/** Copies the objects along the path; the copy shares all other values with the input. */
function placed(holder: Json, [key, ...rest]: readonly string[], result: Json, path: string): Json {
  if (!isObject(holder)) {
    const cause = `Unable to apply step "${path}" to input ${textOf(holder)}`;
    throw new StatesError('States.ResultPathMatchFailure', cause, { terminal: false });
  }
  const name = key as string;
  const inner = Object.hasOwn(holder, name) ? (holder[name] as Json) : {};
  return { ...holder, [name]: rest.length === 0 ? result : placed(inner, rest, result, path) };
}
