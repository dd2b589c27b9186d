/** What differs between two looks at a trip. */
import type { Plain, TripData, TripItem } from './data.ts';

export interface ItemChange {
  /** `gone` items are no longer in the table. */
  readonly kind: 'new' | 'changed' | 'gone';
  /** Attributes that changed, with their value before; undefined where there was none. */
  readonly before: ReadonlyMap<string, string | undefined>;
}

export type TripChanges = ReadonlyMap<string, ItemChange>;

/** By sort key; empty where the two are of different trips, or nothing was known before. */
export function changesOf(earlier: TripData | undefined, later: TripData): TripChanges {
  const changes = new Map<string, ItemChange>();
  if (earlier === undefined || earlier.trip !== later.trip) return changes;
  const was = new Map(earlier.items.map((item) => [item.sk, item]));
  for (const item of later.items) {
    const old = was.get(item.sk);
    was.delete(item.sk);
    if (old === undefined) changes.set(item.sk, { kind: 'new', before: new Map() });
    else {
      const before = changedAttributes(old, item);
      if (before.size > 0) changes.set(item.sk, { kind: 'changed', before });
    }
  }
  for (const sk of was.keys()) changes.set(sk, { kind: 'gone', before: new Map() });
  return changes;
}

function changedAttributes(old: TripItem, item: TripItem): Map<string, string | undefined> {
  const names = new Set([...Object.keys(old.attributes), ...Object.keys(item.attributes)]);
  const changed = new Map<string, string | undefined>();
  for (const name of names) {
    const before = wordsOf(old.attributes[name]);
    if (before !== wordsOf(item.attributes[name])) changed.set(name, before);
  }
  return changed;
}

/** A value as a reader sees it; undefined where there is none. */
export const wordsOf = (value: Plain | undefined): string | undefined =>
  value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
