import { isList, isObject, isSame, type Json } from '../json.ts';

export const secret = '(secret)';
export const changedSecret = '(another secret)';

/**
 * The value with each part masked that the marks name. Marks have the form of the value: `true` masks all that is there.
 * https://developer.hashicorp.com/terraform/internals/json-format#change-representation
 */
export function masked(value: Json | undefined, marks: Json | undefined): Json | undefined {
  if (value === undefined || value === null) return value;
  if (marks === true) return secret;
  if (isList(value)) return isList(marks) ? value.map((inner, index) => masked(inner, marks[index]) ?? null) : value;
  if (!isObject(value) || !isObject(marks)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, masked(inner, marks[name])]));
}

/** Whether anything in it is secret. */
export const hasMarks = (marks: Json | undefined): boolean =>
  marks === true || Object.values(isObject(marks) || isList(marks) ? marks : {}).some((inner) => hasMarks(inner));

/**
 * Both sides of a change, each masked by its own marks and by the other's: a value may become secret, or stop to be, with this
 * very change. That a secret changes stays visible.
 */
export function maskedPair(
  [before, after]: readonly [Json | undefined, Json | undefined],
  [beforeMarks, afterMarks]: readonly [Json | undefined, Json | undefined],
): [Json | undefined, Json | undefined] {
  const old = masked(masked(before, beforeMarks), ofEachElement(afterMarks, before));
  const fresh = masked(masked(after, afterMarks), ofEachElement(beforeMarks, after));
  return [old, withChangedSecrets([before, after], [old, fresh])];
}

/** The marks of the other side: its lists have other places, so a mark on one element is one on each. */
function ofEachElement(marks: Json | undefined, value: Json | undefined): Json | undefined {
  if (isList(marks) && isList(value)) {
    const all = marks.reduce<Json | undefined>(joined, undefined);
    return value.map((inner) => ofEachElement(all, inner) ?? null);
  }
  if (!isObject(marks) || !isObject(value)) return marks;
  return Object.fromEntries(Object.entries(marks).map(([name, inner]) => [name, ofEachElement(inner, value[name])]));
}

function joined(one: Json | undefined, other: Json | undefined): Json | undefined {
  if (one === true || other === true) return true;
  if (isObject(one) && isObject(other)) {
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    return Object.fromEntries([...names].map((name) => [name, joined(one[name], other[name])]));
  }
  if (isList(one) && isList(other)) return [...one, ...other];
  return isObject(other) || isList(other) ? other : (one ?? other);
}

/** The side after, with those secrets told apart that are others than before. */
function withChangedSecrets(
  [before, after]: readonly [Json | undefined, Json | undefined],
  [old, fresh]: readonly [Json | undefined, Json | undefined],
): Json | undefined {
  if (fresh === secret && old === secret) return isSame(before, after) ? secret : changedSecret;
  if (isObject(fresh) && isObject(after)) {
    const inner = (value: Json | undefined, name: string) => (isObject(value) ? value[name] : undefined);
    return Object.fromEntries(
      Object.entries(fresh).map(([name, value]) => [
        name,
        withChangedSecrets([inner(before, name), after[name]], [inner(old, name), value]),
      ]),
    );
  }
  if (!isList(fresh) || !isList(after) || !isList(old) || !isList(before)) return fresh;
  return fresh.map((value, index) => withChangedSecrets([before[index], after[index]], [old[index], value]) ?? null);
}
