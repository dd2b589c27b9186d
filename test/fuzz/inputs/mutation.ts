import fc from 'fast-check';
import { anyText } from '#test/support/any-text.ts';

/** Where in an input: fields and indexes; `inText` goes into JSON that is text. */
export type Place = readonly (string | number | typeof inText)[];
export const inText = '«json»';

export interface Mutation {
  readonly place: Place;
  readonly how:
    | { readonly kind: 'replace'; readonly by: unknown }
    | { readonly kind: 'add'; readonly name: string; readonly value: unknown }
    | { readonly kind: 'remove' };
}

const deep = (levels: number): unknown => {
  let value: unknown = 'x';
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};

/** Values that have broken something somewhere. */
const hostileTexts = [
  ...['', ' ', '.', '#', 'a#b', 'null', 'undefined', '[object Object]', '__proto__', 'constructor', 'toString'],
  ...['\u0000', '\u0001', '\u007f', '\uffff', '\ufeff', '\u202e', '\u{1F600}', '\ud800', 'a\udc00b'],
  ...[
    'a\r\nset-cookie: b=c',
    'a\nb',
    '%00',
    '%',
    '$\u007bjndi:x}',
    '../../etc/passwd',
    '"\\\n\r\t',
    "'; DROP TABLE x; --",
  ],
  ...[
    'x'.repeat(251),
    'x'.repeat(10_240),
    'é'.repeat(10_240),
    '9'.repeat(400),
    '\ud800'.repeat(300),
    '\u0001'.repeat(6_000),
  ],
  ...['2021-07-10T06:00:00.000Z', '2021-13-45T99:99:99.999Z', '999999999999.99', '-1.00', '0x10', '1e3', '١٢٣.٤٥'],
];
const hostileNumbers = [0, -0, 1, -1, 0.1, 1.5, 100, 2 ** 31, 2 ** 53, -(2 ** 53), 1e21, 1e300, -1e300, 5e-324];

const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<unknown>(...hostileTexts) },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(...hostileNumbers) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { length: 1e9 }, deep(600)),
  },
  { weight: 2, arbitrary: anyText({ maxLength: 60 }) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);
const hostileName = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'then', '', 'kind', 'Error', 'action', 'fence'),
  fc.constantFrom('failedLayers', 'redrive_count', 'cause', 'run_type', 'cancel_failure_rate', 'x'.repeat(10_240)),
  anyText({ maxLength: 20 }),
);
/** In place of a whole JSON text. */
const brokenJson = [
  '',
  '{',
  'null',
  '"',
  '0',
  '[]',
  '{}',
  '{"a":1}',
  'NaN',
  '\ufeff{}',
  '['.repeat(50_000),
  `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
];

/** Every place of an input, its root left out. */
export function placesOf(value: unknown, place: Place = []): Place[] {
  const here = place.length === 0 ? [] : [place];
  if (typeof value === 'string') return [...here, ...placesInText(value, place)];
  if (typeof value !== 'object' || value === null) return here;
  return [...here, ...Object.entries(value).flatMap(([name, inner]) => placesOf(inner, [...place, name]))];
}

function placesInText(text: string, place: Place): Place[] {
  const inner = parsed(text);
  return inner === undefined ? [] : [[...place, inText], ...placesOf(inner, [...place, inText]).slice(1)];
}

function parsed(text: string): object | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

/** One or two mistakes in an input that is right. */
export function mutationsOf(places: readonly Place[]): fc.Arbitrary<Mutation[]> {
  const place = fc.constantFrom(...places);
  const mutation = place.chain((at): fc.Arbitrary<Mutation> => {
    const isText = at.at(-1) === inText;
    const by = isText ? fc.oneof(fc.constantFrom<unknown>(...brokenJson), hostileValue) : hostileValue;
    return fc.oneof(
      { weight: 4, arbitrary: by.map((value) => ({ place: at, how: { kind: 'replace', by: value } }) as const) },
      { weight: 1, arbitrary: fc.constant({ place: at, how: { kind: 'remove' } } as const) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(hostileName, hostileValue)
          .map(([name, value]) => ({ place: at, how: { kind: 'add', name, value } }) as const),
      },
    );
  });
  return fc.array(mutation, { minLength: 1, maxLength: 2 });
}

/** The input with the mistake. A place that an earlier mistake took away is left alone. */
export function mutated(value: unknown, { place, how }: Mutation): unknown {
  const [step, ...rest] = place;
  if (step === undefined) return changed(value, how);
  if (step === inText) {
    const inner = typeof value === 'string' ? parsed(value) : undefined;
    if (inner === undefined) return value;
    if (rest.length === 0 && how.kind === 'replace')
      return typeof how.by === 'string' ? how.by : JSON.stringify(how.by);
    return JSON.stringify(mutated(inner, { place: rest, how }));
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return value;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  if (rest.length === 0 && how.kind === 'remove') delete copy[step];
  else set(copy, String(step), mutated((value as Record<string, unknown>)[step], { place: rest, how }));
  return Array.isArray(copy) ? copy.filter(() => true) : copy;
}

function changed(value: unknown, how: Mutation['how']): unknown {
  if (how.kind === 'replace') return how.by;
  if (how.kind === 'remove' || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const copy = { ...value };
  set(copy, how.name, how.value);
  return copy;
}

/** Also where the name is `__proto__`, which JSON may have for a field. */
function set(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}
