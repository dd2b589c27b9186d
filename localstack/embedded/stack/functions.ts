import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { collectionFunctions } from './collection-functions.ts';
import { StackError } from './stack-error.ts';
import type { TerraformFunction } from './terraform-function.ts';
import { text } from './text.ts';

const stringFunctions: Readonly<Record<string, TerraformFunction>> = {
  format,
  join: (separator: unknown, ...lists: unknown[][]) => lists.flat().map(text).join(text(separator)),
  split: (separator: unknown, value: unknown) => text(value).split(text(separator)),
  lower: (value: unknown) => text(value).toLowerCase(),
  upper: (value: unknown) => text(value).toUpperCase(),
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
const fileFunctions: Readonly<Record<string, (content: Buffer) => string>> = {
  file: (content) => content.toString('utf8'),
  filebase64: (content) => content.toString('base64'),
  filesha256: (content) => createHash('sha256').update(content).digest('hex'),
  filebase64sha256: (content) => createHash('sha256').update(content).digest('base64'),
};

const valueFunctions = { ...stringFunctions, ...collectionFunctions };

/** `templatefile` and `try` look at more than values: they are done where expressions are evaluated. */
export const functionNames: readonly string[] = [
  ...Object.keys(valueFunctions),
  ...Object.keys(fileFunctions),
  'templatefile',
  'try',
].sort();

/** @throws StackError for a function that is not known, and for one that fails */
export function callFunction(name: string, args: readonly unknown[], folder: string): unknown {
  const [ofFile, ofValues] = [own(fileFunctions, name), own(valueFunctions, name)];
  try {
    if (ofFile !== undefined) return ofFile(readFileSync(resolve(folder, text(args[0]))));
    if (ofValues !== undefined) return ofValues(...args);
  } catch (error) {
    if (error instanceof StackError) throw error;
    throw new StackError(`${name}(…) failed: ${(error as Error).message}`, { cause: error });
  }
  throw new StackError(`function ${name}(…) is not supported; supported are ${functionNames.join(', ')}`);
}

const own = <T>(functions: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(functions, name) ? functions[name] : undefined;

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
