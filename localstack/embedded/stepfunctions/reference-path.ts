import { runtimeError } from './errors.ts';
import { type Json, textOf } from './json.ts';

/** The context object that `$$.` paths read. */
export interface Context {
  readonly Execution: {
    readonly Id: string;
    readonly Input: Json;
    readonly Name: string;
    readonly RoleArn: string;
    readonly StartTime: string;
    /** Of a redriven execution alone. */
    readonly RedriveCount?: number;
    readonly RedriveTime?: string;
  };
  readonly State: { readonly Name: string; readonly EnteredTime: string; readonly RetryCount: number };
  readonly StateMachine: { readonly Id: string; readonly Name: string };
  /** Within a Map alone. */
  readonly Map?: { readonly Item: { readonly Index: number; readonly Value: Json } };
}

/** Reads a value out of a state's data or of the context. */
export type Read = (data: Json, context: Context) => Json;

const SEGMENT = /\.([\p{L}\p{N}_-]+)|\[(\d+)\]|\['([^'\\]+)'\]|\["([^"\\]+)"\]/uy;
const CONTEXT_FIELDS: Readonly<Record<string, readonly string[]>> = {
  Execution: ['Id', 'Input', 'Name', 'RoleArn', 'StartTime', 'RedriveCount', 'RedriveTime'],
  Map: ['Item'],
  State: ['EnteredTime', 'Name', 'RetryCount'],
  StateMachine: ['Id', 'Name'],
};

/** Thrown for a path that is not a reference path, or that names a context field which is not filled. */
export class PathSyntaxError extends Error {
  override readonly name = 'PathSyntaxError';
}

/** Splits `$.a.b[0]['c d']` (or the same with `$$`) into keys; wildcards, slices, filters and `..` are refused. */
export function parsePath(path: string): { readonly ofContext: boolean; readonly keys: readonly (string | number)[] } {
  const ofContext = path.startsWith('$$');
  if (!path.startsWith('$')) throw new PathSyntaxError(`'${path}' does not start with $`);
  const keys: (string | number)[] = [];
  let position = ofContext ? 2 : 1;
  while (position < path.length) {
    SEGMENT.lastIndex = position;
    const match = SEGMENT.exec(path);
    if (match === null) throw new PathSyntaxError(`the path '${path}' is not a plain reference path`);
    keys.push(match[2] === undefined ? ((match[1] ?? match[3] ?? match[4]) as string) : Number(match[2]));
    position = SEGMENT.lastIndex;
  }
  if (ofContext) assertContextField(path, keys);
  return { ofContext, keys };
}

function assertContextField(path: string, [part, field]: readonly (string | number)[]): void {
  if (part === undefined) return;
  const fields = CONTEXT_FIELDS[part];
  if (fields === undefined || (field !== undefined && !fields.includes(String(field)))) {
    throw new PathSyntaxError(`the context field '${path}' is not filled`);
  }
}

/** Compiles a path once; reading a missing field fails with `States.Runtime`, worded as AWS does. `field` is where it stands. */
export function compilePath(path: string, field: string): Read {
  const { ofContext, keys } = parsePath(path);
  return (data, context) => {
    let value: unknown = ofContext ? context : data;
    for (const key of keys) {
      if (!has(value, key)) {
        const source = ofContext ? 'context object' : `input '${textOf(data)}'`;
        throw runtimeError(
          `The JSONPath '${path}' specified for the field '${field}' could not be found in the ${source}`,
        );
      }
      value = (value as Record<string | number, unknown>)[key];
    }
    return value as Json;
  };
}

function has(value: unknown, key: string | number): boolean {
  if (Array.isArray(value)) return typeof key === 'number' && key < value.length;
  return typeof value === 'object' && value !== null && typeof key === 'string' && Object.hasOwn(value, key);
}
