import * as z from 'zod/mini';
import type { LegField } from '#functions/trip/define-leg.ts';
import { describeIssue } from '#schema/describe-issue.ts';

const calls = z.custom<() => unknown>((value) => typeof value === 'function', 'must be a function');

const isSchema = (value: unknown): boolean => typeof (value as z.ZodMiniType | undefined)?.safeParse === 'function';
const isField = (value: unknown): boolean => {
  const { run, request } = (value ?? {}) as Partial<LegField>;
  return isSchema(run) && isSchema(request);
};

/** What `defineLeg` asks for by its types: without the compiler a property that is misspelled is seen only where it is missed. */
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

/** Whether a record has all properties of a leg and no others. @returns one sentence a violation, without the file */
export function shapeProblems(record: unknown): string[] {
  const { success, data, error } = Shape.safeParse(record, { reportInput: true });
  if (!success) return error.issues.flatMap(sentencesOf);
  const { fields, identity, demo } = data;
  const isNone = (name: string): boolean => !Object.hasOwn(fields, name);
  return [
    ...identity.filter(isNone).map((name) => `identity has ${name}, which is none of its fields`),
    ...Object.keys(fields)
      .filter((name) => !Object.hasOwn(demo, name))
      .map((name) => `demo.${name} is missing`),
    ...Object.keys(demo)
      .filter(isNone)
      .map((name) => `demo has ${name}, which is none of its fields`),
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
