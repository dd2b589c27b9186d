import { INTRINSICS } from './intrinsic-functions.ts';
import type { Json } from './json.ts';
import { compilePath, type Read } from './reference-path.ts';

const NAME = /States\.[A-Za-z0-9]+/y;
const LITERAL = /-?\d+(\.\d+)?([eE][+-]?\d+)?|true|false|null/y;
const PATH = /\$(?:\['[^']*'\]|[^,()\s])*/y;

/** Thrown for an intrinsic call that does not parse or names no known function. */
export class IntrinsicSyntaxError extends Error {
  override readonly name = 'IntrinsicSyntaxError';
}

/** Compiles `States.Format('{}-{}', $.a, States.UUID())` once; `field` names where it stands, for messages. */
export function compileIntrinsic(source: string, field: string): Read {
  let position = 0;

  function fail(expected: string): never {
    throw new IntrinsicSyntaxError(`'${source}' has no ${expected} at character ${position + 1}`);
  }
  function skipSpace(): void {
    while (source[position] === ' ') position += 1;
  }
  function take(pattern: RegExp): string | undefined {
    pattern.lastIndex = position;
    const match = pattern.exec(source);
    if (match === null) return undefined;
    position = pattern.lastIndex;
    return match[0];
  }

  function argument(ofFormat: boolean): Read {
    if (source[position] === "'") return constant(quoted(ofFormat));
    if (source[position] === '$') return compilePath(take(PATH) as string, field);
    if (source.startsWith('States.', position)) return call();
    const literal = take(LITERAL);
    return literal === undefined ? fail('argument') : constant(JSON.parse(literal) as Json);
  }

  /** A quoted string. A Format template keeps its escapes, because `\{` there means a brace and not a place. */
  function quoted(ofFormat: boolean): string {
    const start = position + 1;
    for (position = start; source[position] !== "'"; position += source[position] === '\\' ? 2 : 1) {
      if (position >= source.length) fail("closing '");
    }
    const raw = source.slice(start, position);
    position += 1;
    return ofFormat ? raw : raw.replace(/\\([\\'{}])/g, '$1');
  }

  function call(): Read {
    const name = take(NAME) ?? fail('function name');
    const apply = INTRINSICS[name];
    if (apply === undefined)
      throw new IntrinsicSyntaxError(`'${source}' calls ${name}, which is no intrinsic function`);
    if (source[position] !== '(') fail('(');
    position += 1;
    const args: Read[] = [];
    skipSpace();
    while (source[position] !== ')') {
      if (args.length > 0) {
        if (source[position] !== ',') fail(', or )');
        position += 1;
        skipSpace();
      }
      args.push(argument(name === 'States.Format' && args.length === 0));
      skipSpace();
    }
    position += 1;
    return (data, context) => apply(args.map((read) => read(data, context)));
  }

  const read = call();
  if (position < source.length) fail('end');
  return read;
}

function constant(value: Json): Read {
  return () => value;
}
