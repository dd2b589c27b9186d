import { isSamePolicy } from '../iam/policies.ts';
import { canonical, isObject, isSame, isSameSetting, type Json, unfolded } from '../json.ts';
import type { Change, Reading } from '../reading/change.ts';
import { textsOf } from '../symbols.ts';

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

export type QuietKind = 'tags' | 'defaultTags' | 'code' | 'spelling' | 'computed';

/** What an update is only about, if it says nothing to a reviewer that a count does not. */
export function quietKind(change: Change, reading: Reading): QuietKind | undefined {
  if (change.action !== 'update') return undefined;
  const names = changedNames(change, reading);
  if (names.length === 0) return 'computed';
  if (names.every((name) => isSpelling(name, change, reading))) return 'spelling';
  if (names.every((name) => ofTags.has(name))) return 'tags';
  if (names.every((name) => name === 'default_tags')) return 'defaultTags';
  if (names.some((name) => ofCode.has(name)) && names.every((name) => ofCode.has(name) || ofTags.has(name)))
    return 'code';
  return undefined;
}

/** Attributes that change; those that the provider computes, and references that only get a new value, are left out. */
function changedNames(change: Change, reading: Reading): string[] {
  const { before, after, unknown } = change;
  if (before === undefined || after === undefined) return [];
  const names = new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(unknown)]);
  return [...names].filter((name) => {
    if (unknown[name] !== true) return !isSameSetting(unfolded(before[name]), unfolded(after[name]));
    const texts = textsOf(change, name, reading);
    return texts.after !== undefined && !isSame(unfolded(texts.before), unfolded(texts.after));
  });
}

function isSpelling(name: string, change: Change, reading: Reading): boolean {
  const { before, after } = textsOf(change, name, reading);
  return isSamePolicy(name, before, after);
}

/** Told elsewhere in the report, permission by permission and state by state. */
const toldElsewhere = new Set(['policy', 'assume_role_policy', 'definition']);

export function attributeChanges(change: Change, reading: Reading): AttributeChange[] {
  const { before, after, unknown } = change;
  return changedNames(change, reading)
    .filter((name) => !toldElsewhere.has(name) && !ofCode.has(name) && !ofTags.has(name))
    .flatMap((name) => {
      if (unknown[name] !== true) return differences(name, before?.[name], after?.[name]);
      const texts = textsOf(change, name, reading);
      return differences(name, texts.before, texts.after);
    });
}

function differences(path: string, before: Json | undefined, after: Json | undefined): AttributeChange[] {
  if (isSameSetting(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) => differences(`${path}.${name}`, before[name], after[name]));
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === 1 && after.length === 1) {
    return differences(path, before[0], after[0]);
  }
  return [{ path, ...shortTexts(before, after) }];
}

const longest = 60;
const keptBeforeDifference = 20;

/** Long texts are shown from shortly before where they begin to differ. */
function shortTexts(before: Json | undefined, after: Json | undefined): Omit<AttributeChange, 'path'> {
  const [old, fresh] = [textOf(before), textOf(after)];
  let same = 0;
  while (old !== undefined && fresh !== undefined && same < old.length && old[same] === fresh[same]) same += 1;
  const start = same > longest / 2 ? same - keptBeforeDifference : 0;
  return { before: old && shortened(old, start), after: fresh && shortened(fresh, start) };
}

const shortened = (text: string, start: number): string =>
  `${start > 0 ? '…' : ''}${text.slice(start, start + longest)}${text.length > start + longest ? '…' : ''}`;

function textOf(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  // A line of a report each.
  return typeof value === 'string'
    ? value.replaceAll(/\p{Cc}/gu, (control) => JSON.stringify(control).slice(1, -1))
    : canonical(value);
}
