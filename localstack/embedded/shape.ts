import { AwsError } from './types.ts';
import { isObject } from './values.ts';

type Kind = 'text' | 'number' | 'boolean' | 'time' | 'plain';

/**
 * What a member of a request must be where it is there: a text, a number, a time, plain (what an operation itself reads as a number or a
 * time), anything; a list of one shape; a structure, of whose members the named ones are looked at; or a map, whose only member is `*`.
 * Numbers in a query's form or in a URL are texts.
 */
export type Shape = Kind | 'any' | readonly [Shape] | { readonly [member: string]: Shape };

/**
 * The value without the members that are null, which are as good as absent. Of a query's form an empty list or map is an empty text.
 * @throws AwsError `SerializationException`, as AWS's services do before an operation sees its input
 */
export function shaped(shape: Shape, value: unknown, path = ''): unknown {
  const refuse = (wanted: string) => new AwsError('SerializationException', `${path} must be ${wanted}.`);
  if (shape === 'any') return value;
  if (typeof shape === 'string') {
    const [wanted, fits] = kinds[shape];
    if (fits(value)) return value;
    throw refuse(wanted);
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
    // The members of a map may be called as those that every object inherits.
    const [inner, member] = [Object.hasOwn(shape, name) ? shape[name] : shape['*'], value[name]];
    if (member === null) delete result[name];
    else if (member !== undefined && inner !== undefined) {
      result[name] = shaped(inner, member, path === '' ? name : `${path}.${name}`);
    }
  }
  return result;
}

/** Members that are all of one kind. */
export const each = (kind: Kind, ...names: readonly string[]): Readonly<Record<string, Shape>> =>
  Object.fromEntries(names.map((name) => [name, kind]));

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape);

const kinds: Readonly<Record<Kind, readonly [wanted: string, fits: (value: unknown) => boolean]>> = {
  text: ['a text', (value) => typeof value === 'string'],
  number: ['a number', (value) => typeof value === 'number'],
  boolean: ['true or false', (value) => typeof value === 'boolean'],
  time: ['a time', isTime],
  plain: ['no list and no object', (value) => typeof value !== 'object' || value instanceof Date],
};

/** Seconds since 1970 in AWS JSON, ISO 8601 in a query's form. */
function isTime(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isNaN(new Date(value * 1000).getTime());
  return (typeof value === 'string' || value instanceof Date) && !Number.isNaN(new Date(value).getTime());
}
