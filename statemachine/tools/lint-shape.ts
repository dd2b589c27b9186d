import * as z from 'zod/mini';
import type { LegField, LegRecord } from '#functions/trip/define-leg.ts';
import { describeIssue } from '#schema/describe-issue.ts';

const calls = z.custom<() => unknown>((value) => typeof value === 'function', 'must be a function');

const isSchema = (value: unknown): boolean => typeof (value as z.ZodMiniType | undefined)?.safeParse === 'function';
const isField = (value: unknown): boolean => {
  const { run, request } = (value ?? {}) as Partial<LegField>;
  return isSchema(run) && isSchema(request);
};

/** The types of `defineLeg`, checked at run time: an author without the compiler learns of a misspelled property here. */
const Shape = z.strictObject({
  name: z.string(),
  called: z.string(),
  itemType: z.string(),
  runTypeStem: z.string(),
  states: z.strictObject({ reserve: z.string(), confirm: z.string(), cancel: z.string() }),
  fields: z.record(z.string(), z.custom<LegField>(isField, 'must be text() or time()')),
  identity: z.array(z.string()),
  source: z.discriminatedUnion('from', [
    z.strictObject({ from: z.literal('request'), price: z.object({ said: z.string(), of: calls }) }),
    z.strictObject({ from: z.literal('flight'), valuesOf: calls }),
  ]),
  demo: z.record(z.string(), z.string()),
});

/** `cabin, which is none of its fields: ship, sails_at`. @param fields whose names are those of the leg's fields */
export const noneOfItsFields = (names: readonly string[], fields: object): string =>
  `${names.join(' and ')}, which ${names.length > 1 ? 'are' : 'is'} none of its fields: ${Object.keys(fields).join(', ')}`;

/** Whether a record has all properties of a leg and no others. @returns one sentence a violation, without the file */
export function shapeProblems(record: unknown): string[] {
  const { success, data, error } = Shape.safeParse(record, { reportInput: true });
  if (!success) {
    const misplaced = misplacedIn(record);
    const others = error.issues.filter(({ path: [property] }) => misplaced.length === 0 || property !== 'source');
    return [...misplaced, ...others.flatMap(sentencesOf)];
  }
  const { fields, identity, demo } = data;
  // Without fields, identity and demo are wrong as well: one fault gets one sentence.
  if (Object.keys(fields).length === 0) return ['fields is empty: a leg has at least one'];
  const isNone = (name: string): boolean => !Object.hasOwn(fields, name);
  return [
    ...Object.entries(fields).flatMap(([name, field]) =>
      fieldProblems(field).map((problem) => `fields.${name} ${problem}`),
    ),
    ...identity.filter(isNone).map((name) => `identity has ${noneOfItsFields([name], fields)}`),
    ...Object.keys(fields)
      .filter((name) => !Object.hasOwn(demo, name))
      .map((name) => `demo.${name} is missing`),
    ...Object.keys(demo)
      .filter(isNone)
      .map((name) => `demo has ${noneOfItsFields([name], fields)}`),
  ];
}

/** A booking has all fields of a leg or none of them, and the leg's id is derived from some. */
function fieldProblems({ run, request }: LegField): string[] {
  const takes = (value: unknown): boolean => [run, request].some((schema) => schema.safeParse(value).success);
  if (takes(undefined))
    return ['is optional, and no field of a leg may be: what a customer may leave out is the leg as a whole'];
  return takes('') ? ['takes an empty text, from which no id is derived: use text() or time()'] : [];
}

/** `price` belongs to `source.from: 'request'`, `valuesOf` to `'flight'`. "is unknown here" would not tell the author to choose. */
function misplacedIn(record: unknown): string[] {
  const { from, price, valuesOf } = ((record as Partial<LegRecord> | undefined)?.source ?? {}) as {
    readonly [Property in 'from' | 'price' | 'valuesOf']?: unknown;
  };
  if (from === 'flight' && price !== undefined) {
    return [
      "source.price is not for source.from 'flight', whose price is the ticket: a leg with a price of its own has source.from 'request'",
    ];
  }
  if (from !== 'request' || valuesOf === undefined) return [];
  return [
    "source.valuesOf is not for source.from 'request': a customer's request gives the values, and source.price says what they cost",
  ];
}

/** A sentence for each key that is unknown. */
function sentencesOf(issue: z.core.$ZodIssue): string[] {
  const single = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => ({ ...issue, keys: [key] })) : [issue];
  return single.map((each) => {
    const { field, message } = describeIssue(new z.core.$ZodError([each]), 'the record');
    return `${field} ${message}`;
  });
}
