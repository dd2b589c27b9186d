import fc from 'fast-check';
import { keyOf, valuesOf } from './context.ts';
import { type Plain, wireItem } from './values.ts';

/** One call on the item with the sort key `sk`; the partition and the table are the run's own. */
export interface Step {
  readonly operation: string;
  readonly input: (pk: string) => Record<string, unknown>;
  readonly toString: () => string;
}

const scalar = fc.oneof(
  fc.integer({ min: -9, max: 9 }),
  fc.constantFrom('', 'a', 'ab', 'é'),
  fc.boolean(),
  fc.constant(null),
);
const stringSet = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }).map((members) => new Set(members));
const value: fc.Arbitrary<Plain> = fc.oneof(
  scalar,
  stringSet,
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('a', 'b'), scalar, { noNullPrototype: true }),
) as fc.Arbitrary<Plain>;
const sk = fc.constantFrom('A', 'B');
const path = fc.constantFrom('a', 'b', 'a.b', 'b[0]', 'a[1]');

const conditions = [
  'attribute_exists(P)',
  'attribute_not_exists(P)',
  'P = :c',
  'P <> :c',
  'P > :c',
  'P <= :c',
  'contains(P, :c)',
  'size(P) > :c',
  'P IN (:c)',
  'NOT P = :c',
];
const condition = fc.record({ form: fc.option(fc.constantFrom(...conditions), { nil: undefined }), at: path, value });

const updates = [
  'SET P = :v',
  'SET P = if_not_exists(Q, :v)',
  'SET P = Q',
  'REMOVE P',
  'REMOVE P, Q',
  'ADD P :v',
  'DELETE P :v',
  'SET P = P + :v',
  'SET P = list_append(P, :v)',
  'SET P = :v REMOVE Q',
  'SET P = Q ADD Q :v',
];
/** Into the sparse index and out of it. */
const indexUpdates = ['SET phase = :x, holder = :h', 'SET phase = :y', 'REMOVE phase', 'REMOVE holder, phase'];
const indexValues: Record<string, Plain> = { ':x': 'x', ':y': 'y', ':h': 'h' };
const update = fc.record({ form: fc.constantFrom(...updates, ...indexUpdates), at: path, other: path, value });

const attributes = fc.record(
  { a: value, b: value, holder: fc.constant('h'), phase: fc.constantFrom('x', 'y') },
  { requiredKeys: [] },
);

export const step: fc.Arbitrary<Step> = fc
  .record({
    kind: fc.constantFrom('PutItem', 'UpdateItem', 'UpdateItem', 'DeleteItem'),
    sk,
    attributes,
    condition,
    update,
  })
  .map((drawn) => {
    const { kind, condition: when, update: change } = drawn;
    const fill = (form: string) => form.replaceAll('P', change.at).replaceAll('Q', change.other);
    const expressions: Record<string, unknown> = { ReturnValues: kind === 'UpdateItem' ? 'ALL_NEW' : 'ALL_OLD' };
    const values: Record<string, Plain> = {};
    if (when.form !== undefined) {
      expressions.ConditionExpression = when.form.replaceAll('P', when.at);
      expressions.ReturnValuesOnConditionCheckFailure = 'ALL_OLD';
      if (when.form.includes(':c')) values[':c'] = when.value;
    }
    if (kind === 'UpdateItem') {
      expressions.UpdateExpression = fill(change.form);
      if (change.form.includes(':v')) values[':v'] = change.value;
      for (const name in indexValues) if (change.form.includes(name)) values[name] = indexValues[name] as Plain;
    }
    if (Object.keys(values).length > 0) Object.assign(expressions, valuesOf(values));
    const target = (pk: string) =>
      kind === 'PutItem'
        ? { Item: wireItem({ ...(drawn.attributes as Record<string, Plain>), pk, sk: drawn.sk }) }
        : { Key: keyOf(pk, drawn.sk) };
    const input = (pk: string) => ({ ...target(pk), ...expressions });
    return { operation: kind, input, toString: () => `${kind} ${JSON.stringify(input('…'))}` };
  });
