import { canonical, isObject, isSame, type Json, type JsonObject } from '../json.ts';
import type { Change } from '../reading/change.ts';

export interface AttributeChange {
  /** `timeout`, `environment.0.variables.TABLE_NAME` */
  readonly path: string;
  /** Short text; undefined where there is none. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** New with each release, and told by a count: the code, and what follows from it. */
const ofCode = new Set(['filename', 's3_key', 'source_code_hash', 'source_code_size', 'last_modified', 'code_sha256']);
const ofTags = new Set(['tags', 'tags_all']);

/** What an update is only about, if it says nothing to a reviewer that a count does not. */
export function quietKind({ action, before, after, unknown }: Change): 'tags' | 'code' | undefined {
  if (action !== 'update' || before === undefined || after === undefined) return undefined;
  const names = changedNames(before, after, unknown);
  if (names.length > 0 && names.every((name) => ofTags.has(name))) return 'tags';
  if (names.some((name) => ofCode.has(name)) && names.every((name) => ofCode.has(name) || ofTags.has(name)))
    return 'code';
  return undefined;
}

/** Attributes of the service's own that change; those that the provider computes are left out. */
function changedNames(before: JsonObject, after: JsonObject, unknown: JsonObject): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => unknown[name] !== true && !isSame(before[name], after[name]));
}

/** Told elsewhere in the report, permission by permission and state by state. */
const toldElsewhere = new Set(['policy', 'assume_role_policy', 'definition']);

export function attributeChanges({ before, after, unknown }: Change): AttributeChange[] {
  if (before === undefined || after === undefined) return [];
  return changedNames(before, after, unknown)
    .filter((name) => !toldElsewhere.has(name) && !ofCode.has(name) && !ofTags.has(name))
    .flatMap((name) => differences(name, before[name], after[name]));
}

function differences(path: string, before: Json | undefined, after: Json | undefined): AttributeChange[] {
  if (isSame(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) => differences(`${path}.${name}`, before[name], after[name]));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === 1 && after.length === 1) {
    return differences(path, before[0], after[0]);
  }
  return [{ path, before: shortText(before), after: shortText(after) }];
}

const longest = 60;

function shortText(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  const text = typeof value === 'string' ? value : canonical(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
