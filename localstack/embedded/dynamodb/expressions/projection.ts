import { type AttributeValue, attribute, type Item, setAttribute } from '../values.ts';
import type { Path } from './syntax.ts';

/** Only what the paths lead to, all of it without paths; list elements close ranks. */
export function projected(item: Item, paths: readonly Path[] | undefined): Item {
  return paths === undefined ? item : (within({ M: item }, paths)?.M ?? {});
}

function within(value: AttributeValue, paths: readonly Path[]): AttributeValue | undefined {
  if (paths.some((path) => path.length === 0)) return value;
  if (value.M !== undefined) {
    const map: Record<string, AttributeValue> = {};
    for (const [step, rests] of Map.groupBy(paths, ([head]) => head)) {
      const member = typeof step === 'string' ? attribute(value.M, step) : undefined;
      const part =
        member &&
        within(
          member,
          rests.map((path) => path.slice(1)),
        );
      if (part !== undefined) setAttribute(map, step as string, part);
    }
    return Object.keys(map).length === 0 ? undefined : { M: map };
  }
  if (value.L === undefined) return undefined;
  const list = [...value.L.entries()].flatMap(([index, element]) => {
    const rests = paths.filter(([step]) => step === index).map((path) => path.slice(1));
    const part = rests.length === 0 ? undefined : within(element, rests);
    return part === undefined ? [] : [part];
  });
  return list.length === 0 ? undefined : { L: list };
}
