/** What a run wrote into the table, told from the stream of item changes. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { convertToNative } from '@aws-sdk/util-dynamodb';
import type { Observation } from '#embedded/index.ts';
import type { FieldChange, RecordChange } from '../model/evidence.ts';
import type { Json } from './source.ts';

export type ItemChange = Extract<Observation, { type: 'itemChanged' }>;

/**
 * A change belongs to a run where its key, or a field that changed, names the run or its trip: a flight that many runs hold seats
 * of belongs only to the one whose seat it was.
 * @param names the execution id, the trip's id
 */
export function changeOf(change: ItemChange, names: readonly string[]): RecordChange | undefined {
  const { at, table, key, before, after } = change;
  const fields = fieldChanges(before ?? {}, after ?? {});
  const text = JSON.stringify([key, fields.map(({ before: was, after: is }) => [was, is])]);
  if (!names.some((name) => text.includes(name))) return undefined;
  return {
    at,
    table,
    key: Object.values(key).map(valueText).join(' · '),
    kind: textOr((after ?? before)?.type),
    action: before === undefined ? 'created' : after === undefined ? 'deleted' : 'changed',
    fields: fields.filter(({ name }) => !(name in key)),
  };
}

function fieldChanges(before: Json, after: Json): FieldChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .map((name) => changed(name, before[name], after[name]))
    .filter(({ before: was, after: is }) => was !== is);
}

/** Of a set only what was taken out and put in: a flight's holds are hundreds. */
function changed(name: string, before: unknown, after: unknown): FieldChange {
  const [was, is] = [before, after].map(setOf);
  if (was === undefined && is === undefined) return { name, before: textOr(before), after: textOr(after) };
  const outcome = (
    one: ReadonlySet<unknown> = new Set(),
    other: ReadonlySet<unknown> = new Set(),
  ): string | undefined => {
    const left = [...one].filter((each) => !other.has(each));
    return left.length === 0 ? undefined : left.join(', ');
  };
  return { name, before: outcome(was, is), after: outcome(is, was) };
}

function setOf(value: unknown): ReadonlySet<unknown> | undefined {
  const plain: unknown = value === undefined ? undefined : native(value);
  return plain instanceof Set ? plain : undefined;
}

const native = (value: unknown): unknown => convertToNative(value as AttributeValue, { wrapNumbers: false });

const textOr = (value: unknown): string | undefined => (value === undefined ? undefined : valueText(value));

/** DynamoDB's attribute value, `{ S: 'a' }`, as JSON without its types. */
export function valueText(value: unknown): string {
  const plain = native(value);
  if (typeof plain === 'string') return plain;
  return JSON.stringify(plain, (_, each) => (each instanceof Set ? [...each] : each));
}
