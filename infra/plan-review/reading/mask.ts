import { isList, isObject, isSame, type Json } from '../json.ts';

export const secret = '(secret)';
export const changedSecret = '(another secret)';

/**
 * The value with each part masked that the marks name. Marks have the form of the value: `true` masks all that is there.
 * https://developer.hashicorp.com/terraform/internals/json-format#change-representation
 */
export function masked(value: Json | undefined, marks: Json | undefined, mask = secret): Json | undefined {
  if (value === undefined || value === null) return value;
  if (marks === true) return mask;
  if (isList(value)) {
    return isList(marks) ? value.map((inner, index) => masked(inner, marks[index], mask) ?? null) : value;
  }
  if (!isObject(value) || !isObject(marks)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, masked(inner, marks[name], mask)]));
}

/**
 * Both sides of a change, masked wherever either side is marked: a value may become secret, or stop to be, with this very change.
 * That a secret changes stays visible.
 */
export function maskedPair(
  [before, after]: readonly [Json | undefined, Json | undefined],
  marks: readonly [Json | undefined, Json | undefined],
): [Json | undefined, Json | undefined] {
  if (marks.includes(true)) {
    return [before == null ? before : secret, after == null ? after : isSame(before, after) ? secret : changedSecret];
  }
  if (isObject(before) || isObject(after)) {
    const names = new Set([...namesOf(before), ...namesOf(after)]);
    const pairs = [...names].map((name) => {
      const inner = ([value, mark]: [Json | undefined, Json | undefined]) =>
        [isObject(value) ? value[name] : undefined, isObject(mark) ? mark[name] : undefined] as const;
      const [one, oneMark] = inner([before, marks[0]]);
      const [other, otherMark] = inner([after, marks[1]]);
      return [name, maskedPair([one, other], [oneMark, otherMark])] as const;
    });
    const side = (index: 0 | 1, whole: Json | undefined) =>
      isObject(whole)
        ? Object.fromEntries(pairs.filter(([name]) => name in whole).map(([name, pair]) => [name, pair[index]]))
        : whole;
    return [side(0, before), side(1, after)];
  }
  if (isList(before) || isList(after)) return maskedLists([before, after], marks);
  return [before, after];
}

/** Elements of lists do not correspond by place: where either list has a secret, so has each element of that form. */
function maskedLists(
  [before, after]: readonly [Json | undefined, Json | undefined],
  marks: readonly [Json | undefined, Json | undefined],
): [Json | undefined, Json | undefined] {
  const both = marks.flatMap((mark) => (isList(mark) ? mark : []));
  const one = both.reduce<Json | undefined>(joined, undefined);
  const all = (value: Json | undefined): Json | undefined =>
    isList(value) ? value.map((inner) => masked(inner, one) ?? null) : value;
  return [all(before), all(after)];
}

function joined(one: Json | undefined, other: Json | undefined): Json | undefined {
  if (one === true || other === true) return true;
  if (isObject(one) && isObject(other)) {
    const names = new Set([...namesOf(one), ...namesOf(other)]);
    return Object.fromEntries([...names].map((name) => [name, joined(one[name], other[name])]));
  }
  if (isList(one) && isList(other)) return [...one, ...other].length > 0 ? [...one, ...other] : one;
  return isObject(other) || isList(other) ? other : (one ?? other);
}

const namesOf = (value: Json | undefined): string[] => (isObject(value) ? Object.keys(value) : []);
