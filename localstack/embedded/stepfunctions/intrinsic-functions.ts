import { createHash, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { intrinsicFailure } from './errors.ts';
import { isObject, type Json, textOf } from './json.ts';

export type Intrinsic = (args: readonly Json[]) => Json;

function text(value: Json | undefined): string {
  if (typeof value !== 'string') throw intrinsicFailure(`expected a string, got ${textOf(value)}`);
  return value;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html: of what is encoded, decoded or hashed. */
const mostCharacters = 10_000;

function shortText(value: Json | undefined): string {
  const given = text(value);
  if (given.length > mostCharacters) throw intrinsicFailure(`takes at most ${mostCharacters} characters`);
  return given;
}

function integer(value: Json | undefined): number {
  if (!Number.isInteger(value)) throw intrinsicFailure(`expected an integer, got ${textOf(value)}`);
  return value as number;
}

/** Half up, which is what AWS does with a fraction. */
function rounded(value: Json | undefined): number {
  if (typeof value !== 'number') throw intrinsicFailure(`expected a number, got ${textOf(value)}`);
  // Without the sign of zero.
  return Math.round(value) + 0;
}

function list(value: Json | undefined): readonly Json[] {
  if (!Array.isArray(value)) throw intrinsicFailure(`expected an array, got ${textOf(value)}`);
  return value;
}

/** As Java shows a value, which is what AWS writes: `{x=1}` and `[a, b]`, texts without quotes. */
function shown(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (!isObject(value)) return String(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${key}=${shown(inner)}`)
    .join(', ')}}`;
}

function format([template, ...values]: readonly Json[]): string {
  let used = 0;
  const result = text(template).replace(/\\([{}\\'])|\{\}/g, (_, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    const value = values[used++];
    if (value === undefined) throw intrinsicFailure('States.Format takes one value for each {}');
    return shown(value);
  });
  if (used !== values.length) throw intrinsicFailure('States.Format has more arguments than {}');
  return result;
}

function parseJson(value: Json | undefined): Json {
  // AWS takes blank text for null.
  if (typeof value === 'string' && value.trim() === '') return null;
  try {
    return JSON.parse(text(value)) as Json;
  } catch (error) {
    throw intrinsicFailure(`States.StringToJson: ${(error as Error).message}`);
  }
}

function partition(items: readonly Json[], size: number): Json {
  if (size < 1) throw intrinsicFailure('States.ArrayPartition needs a positive chunk size');
  const chunks: Json[] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}

function range(first: number, last: number, step: number): Json {
  const count = step === 0 ? Number.NaN : Math.floor((last - first) / step) + 1;
  if (!(count <= 1000)) throw intrinsicFailure('States.ArrayRange needs a step and makes at most 1000 items');
  return Array.from({ length: Math.max(0, count) }, (_, index) => first + index * step);
}

function item(items: readonly Json[], index: number): Json {
  const found = items[index];
  if (found === undefined) throw intrinsicFailure(`States.ArrayGetItem: no index ${index} in ${items.length} items`);
  return found;
}

function merge(first: Json | undefined, second: Json | undefined, deep: Json | undefined): Json {
  if (!isObject(first) || !isObject(second) || deep !== false) {
    throw intrinsicFailure('States.JsonMerge takes two objects and false');
  }
  return { ...first, ...second };
}

function digest(data: Json | undefined, algorithm: Json | undefined): string {
  const name = text(algorithm);
  if (!/^(MD5|SHA-(1|256|384|512))$/.test(name)) throw intrinsicFailure(`States.Hash does not know '${name}'`);
  return createHash(name.replace('-', ''))
    .update(shortText(typeof data === 'string' ? data : textOf(data)))
    .digest('hex');
}

/** At least 0 and below 1; the same each time for a seed. */
function fraction(seed: Json | undefined): number {
  if (seed === undefined) return Math.random();
  return (
    createHash('sha256')
      .update(String(integer(seed)))
      .digest()
      .readUIntBE(0, 6) /
    2 ** 48
  );
}

/** The intrinsic functions of JSONPath ASL, each failing with `States.IntrinsicFailure`. */
export const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  'States.Format': format,
  'States.StringToJson': ([value]) => parseJson(value),
  'States.JsonToString': ([value]) => textOf(value),
  'States.Array': (args) => args,
  'States.ArrayPartition': ([items, size]) => partition(list(items), integer(size)),
  'States.ArrayContains': ([items, value]) => list(items).some((each) => isDeepStrictEqual(each, value)),
  'States.ArrayRange': ([first, last, step]) => range(integer(first), integer(last), integer(step)),
  'States.ArrayGetItem': ([items, index]) => item(list(items), integer(index)),
  'States.ArrayLength': ([items]) => list(items).length,
  'States.ArrayUnique': ([items]) => [...new Map(list(items).map((each) => [textOf(each), each])).values()],
  'States.Base64Encode': ([value]) => Buffer.from(shortText(value)).toString('base64'),
  'States.Base64Decode': ([value]) => Buffer.from(shortText(value), 'base64').toString(),
  'States.Hash': ([data, algorithm]) => digest(data, algorithm),
  'States.JsonMerge': ([first, second, deep]) => merge(first, second, deep),
  'States.MathRandom': ([low, high, seed]) =>
    integer(low) + Math.floor(fraction(seed) * (integer(high) - integer(low))),
  'States.MathAdd': ([left, right]) => rounded(left) + rounded(right),
  'States.StringSplit': ([value, separators]) => {
    const every = text(separators);
    let parts = [text(value)];
    for (const separator of every) parts = parts.flatMap((part) => part.split(separator));
    return parts.filter((part) => part !== '');
  },
  'States.UUID': () => randomUUID(),
};
