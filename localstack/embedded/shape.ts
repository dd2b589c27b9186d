import { AwsError } from './types.ts';
import { isObject } from './values.ts';

/**
 * What a member of a request must be where it is there: a text, a time, anything; a list of one shape; a structure, of whose members the
 * named ones are looked at; or a map, whose only member is `*`.
 */
export type Shape = 'text' | 'time' | 'any' | readonly [Shape] | { readonly [member: string]: Shape };

/**
 * The value without the members that are null, which are as good as absent. Of a query's form an empty list or map is an empty text.
 * @throws AwsError `SerializationException`, as AWS's services do before an operation sees its input
 */
export function shaped(shape: Shape, value: unknown, path = ''): unknown {
  const refuse = (wanted: string) => new AwsError('SerializationException', `${path} must be ${wanted}.`);
  if (shape === 'any') return value;
  if (shape === 'text') {
    if (typeof value === 'string') return value;
    throw refuse('a text');
  }
  if (shape === 'time') {
    if (isTime(value)) return value;
    throw refuse('a time');
  }
  if (isList(shape)) {
    if (value === '') return [];
    if (!Array.isArray(value)) throw refuse('a list');
    return value.map((one, index) => shaped(shape[0], one, `${path}[${index}]`));
  }
  if (value === '') return {};
  if (!isObject(value)) throw refuse('an object');
  const result: Record<string, unknown> = { ...value };
  for (const name of '*' in shape ? Object.keys(value) : Object.keys(shape)) {
    const [inner, member] = [shape[name] ?? shape['*'], value[name]];
    if (member === null) delete result[name];
    else if (member !== undefined && inner !== undefined) {
      result[name] = shaped(inner, member, path === '' ? name : `${path}.${name}`);
    }
  }
  return result;
}

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape);

/** Seconds since 1970 in AWS JSON, ISO 8601 in a query's form. */
const isTime = (value: unknown): boolean =>
  !Number.isNaN(new Date(typeof value === 'number' ? value * 1000 : String(value)).getTime());
