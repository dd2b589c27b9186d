import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { collectionFunctions } from './collection-functions.ts';
import type { Expression } from './expression.ts';
import { parseTemplate } from './parse-template.ts';
import type { Scope } from './scope.ts';
import { StackError } from './stack-error.ts';
import type { TerraformFunction } from './terraform-function.ts';
import { text } from './text.ts';

/** What functions need of their surroundings: `templatefile` evaluates the template that it reads. */
interface Surroundings {
  readonly folder: string;
  readonly evaluate: (expression: Expression, scope: Scope) => unknown;
}

const stringFunctions: Readonly<Record<string, TerraformFunction>> = {
  format,
  join: (separator: unknown, ...lists: unknown[][]) => lists.flat().map(text).join(text(separator)),
  split: (separator: unknown, value: unknown) => text(value).split(text(separator)),
  lower: (value: unknown) => text(value).toLowerCase(),
  upper: (value: unknown) => text(value).toUpperCase(),
  title: (value: unknown) => text(value).replace(/\b\w/g, (letter) => letter.toUpperCase()),
  trimspace: (value: unknown) => text(value).trim(),
  trimprefix: (value: string, prefix: string) => (value.startsWith(prefix) ? value.slice(prefix.length) : value),
  trimsuffix: (value: string, suffix: string) =>
    value.endsWith(suffix) ? value.slice(0, -suffix.length || undefined) : value,
  replace: (value: string, from: string, to: string) =>
    /^\/.+\/$/s.test(from) ? value.replace(new RegExp(from.slice(1, -1), 'g'), to) : value.replaceAll(from, () => to),
  substr: (value: string, start: number, length: number) =>
    length < 0 ? value.slice(start) : value.slice(start).slice(0, length),
  startswith: (value: string, prefix: string) => value.startsWith(prefix),
  endswith: (value: string, suffix: string) => value.endsWith(suffix),
  tostring: (value: unknown) => (value === null ? null : text(value)),
  tonumber: (value: unknown) => (value === null ? null : Number(text(value))),
  tobool: (value: unknown) => (value === null ? null : text(value) === 'true'),
  abs: Math.abs,
  ceil: Math.ceil,
  floor: Math.floor,
  max: Math.max,
  min: Math.min,
  jsonencode: (value: unknown) => jsonencode(value),
  jsondecode: (value: unknown) => JSON.parse(text(value)),
  base64encode: (value: unknown) => Buffer.from(text(value)).toString('base64'),
  base64decode: (value: unknown) => Buffer.from(text(value), 'base64').toString('utf8'),
  md5: (value: unknown) => createHash('md5').update(text(value)).digest('hex'),
  sha256: (value: unknown) => createHash('sha256').update(text(value)).digest('hex'),
  base64sha256: (value: unknown) => createHash('sha256').update(text(value)).digest('base64'),
  sensitive: (value: unknown) => value,
  nonsensitive: (value: unknown) => value,
};

/** Functions that read a file; Terraform takes relative paths from the folder it runs in, which is the stack's. */
function fileFunctions({ folder, evaluate }: Surroundings): Readonly<Record<string, TerraformFunction>> {
  const read = (path: unknown) => readFileSync(resolve(folder, text(path)));
  return {
    file: (path: unknown) => read(path).toString('utf8'),
    filebase64: (path: unknown) => read(path).toString('base64'),
    filesha256: (path: unknown) => createHash('sha256').update(read(path)).digest('hex'),
    filebase64sha256: (path: unknown) => createHash('sha256').update(read(path)).digest('base64'),
    templatefile: (path: unknown, variables: Readonly<Record<string, unknown>>) =>
      evaluate(parseTemplate(read(path).toString('utf8')), {
        folder,
        reference(root) {
          if (!Object.hasOwn(variables, root))
            throw new StackError(`templatefile("${path}"): no variable "${root}" was given`);
          return { value: variables[root], used: 0 };
        },
      }),
  };
}

export function callFunction(name: string, args: readonly unknown[], surroundings: Surroundings): unknown {
  const files = fileFunctions(surroundings);
  const known = [stringFunctions, collectionFunctions, files].find((table) => Object.hasOwn(table, name));
  const implementation = known?.[name];
  if (!implementation) {
    const names = [stringFunctions, collectionFunctions, files].flatMap((table) => Object.keys(table)).sort();
    throw new StackError(`function ${name}(…) is not supported; supported are ${names.join(', ')}, try`);
  }
  try {
    return implementation(...args);
  } catch (error) {
    if (error instanceof StackError) throw error;
    throw new StackError(`${name}(…) failed: ${(error as Error).message}`, { cause: error });
  }
}

/** Terraform sorts the keys and escapes `<`, `>` and `&`. */
function jsonencode(value: unknown): string {
  const sorted = (inner: unknown): unknown => {
    if (Array.isArray(inner)) return inner.map(sorted);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(
      Object.entries(inner)
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([key, entry]) => [key, sorted(entry)]),
    );
  };
  const escapes: Readonly<Record<string, string>> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' };
  return JSON.stringify(sorted(value)).replace(/[<>&]/g, (character) => escapes[character] ?? character);
}

/** `%s`, `%d`, `%v`, `%q`, `%f` with a precision, `%0Nd`, `%%`: what stacks use of Go's verbs. */
function format(pattern: string, ...args: unknown[]): string {
  let next = 0;
  return pattern.replace(/%(?:%|(0?)(\d*)(?:\.(\d+))?([a-zA-Z]))/g, (whole, zero, width, precision, verb) => {
    if (whole === '%%') return '%';
    if (next >= args.length) throw new StackError(`format: no argument for ${whole} in "${pattern}"`);
    const argument = args[next++];
    const pad = (value: string) => value.padStart(Number(width || 0), zero ? '0' : ' ');
    if (verb === 's') return pad(text(argument));
    if (verb === 'v') return pad(typeof argument === 'object' ? jsonencode(argument) : text(argument));
    if (verb === 'q') return JSON.stringify(text(argument));
    if (verb === 'd') return pad(String(Math.trunc(Number(argument))));
    if (verb === 'f') return pad(Number(argument).toFixed(Number(precision || 6)));
    throw new StackError(`format: verb ${whole} is not supported`);
  });
}
