import { compileIntrinsic, IntrinsicSyntaxError } from './intrinsic-parser.ts';
import { isObject, type Json } from './json.ts';
import { compilePath, PathSyntaxError, type Read } from './reference-path.ts';

/**
 * Compiles `Parameters` or `ResultSelector`: a field whose name ends in `.$` is a path or an intrinsic call, all else is literal.
 * Done here and not by the library, which corrupts strings with backslashes and knows no `$$.State`.
 */
export function compileTemplate(template: Json): Read {
  if (Array.isArray(template)) {
    const items = template.map(compileTemplate);
    return (data, context) => items.map((read) => read(data, context));
  }
  if (!isObject(template)) return () => template;
  const fields = Object.entries(template).map(([key, value]): readonly [string, Read] =>
    key.endsWith('.$') ? [key.slice(0, -2), compileExpression(key, value)] : [key, compileTemplate(value)],
  );
  return (data, context) => {
    const result: Record<string, Json> = {};
    for (const [key, read] of fields) result[key] = read(data, context);
    return result;
  };
}

function compileExpression(field: string, value: Json): Read {
  if (typeof value !== 'string') throw new PathSyntaxError(`the value of '${field}' is not a path`);
  return value.startsWith('$') ? compilePath(value, field) : compileIntrinsic(value, field);
}

export function isSyntaxError(error: unknown): error is Error {
  return error instanceof PathSyntaxError || error instanceof IntrinsicSyntaxError;
}
