import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OrderedMap } from '#embedded/store/ordered-map.ts';

const aKey = fc.string({ unit: fc.constantFrom('\0', 'a', 'b', 'é', '￿', '😀'), maxLength: 4 });
const aChange = fc.record({ key: aKey, value: fc.option(fc.nat(), { nil: undefined }) });

function apply(
  map: { set(key: string, value: number): unknown; delete(key: string): unknown },
  changes: Changes,
): void {
  for (const { key, value } of changes) value === undefined ? map.delete(key) : map.set(key, value);
}
type Changes = { key: string; value: number | undefined }[];

const keysOf = (entries: Iterable<[string, unknown]>) => [...entries].map(([key]) => key);

describe('an ordered map', () => {
  it('given any changes, when a range is read, then it has what a sorted plain map has', () => {
    fc.assert(
      fc.property(
        fc.array(aChange, { maxLength: 60 }),
        fc.option(aKey, { nil: undefined }),
        fc.option(aKey, { nil: undefined }),
        fc.boolean(),
        (changes, from, to, reverse) => {
          const [map, model] = [new OrderedMap<number>(), new Map<string, number>()];
          apply(map, changes);
          apply(model, changes);

          const wanted = [...model]
            .filter(([key]) => (from === undefined || key >= from) && (to === undefined || key < to))
            .sort(([one], [other]) => (one < other ? -1 : 1));
          expect([...map.entries({ from, to, reverse })]).toEqual(reverse ? wanted.reverse() : wanted);
          expect(map.size).toBe(model.size);
        },
      ),
    );
  });

  it('given more keys than a chunk holds, when most are deleted, then the rest is in order both ways', () => {
    const map = new OrderedMap<number>();
    const key = (i: number) => String(i).padStart(5, '0');
    // 7 has no common divisor with 5,000, so each key comes once and none beside its neighbour.
    for (let i = 0; i < 5000; i += 1) map.set(key((i * 7) % 5000), i);
    expect(keysOf(map.entries())).toEqual(Array.from({ length: 5000 }, (_, i) => key(i)));

    for (let i = 0; i < 5000; i += 1) if (i % 1000 !== 0) map.delete(key(i));
    expect(keysOf(map.entries())).toEqual(['00000', '01000', '02000', '03000', '04000']);
    expect(keysOf(map.entries({ reverse: true, to: '04000' }))).toEqual(['03000', '02000', '01000', '00000']);
  });

  it.each([false, true])(
    'given changes amid an iteration (reverse: %s), then it goes on behind the current key',
    (reverse) => {
      fc.assert(
        fc.property(fc.uniqueArray(aKey, { minLength: 1 }), fc.nat(), fc.array(aChange), (keys, at, changes) => {
          const [map, model] = [new OrderedMap<number>(), new Map<string, number>()];
          apply(
            map,
            keys.map((key) => ({ key, value: 0 })),
          );
          apply(
            model,
            keys.map((key) => ({ key, value: 0 })),
          );
          const sorted = () => [...model.keys()].sort((one, other) => (one < other === reverse ? 1 : -1));
          const stop = sorted()[at % keys.length] as string;

          const met: string[] = [];
          for (const [key] of map.entries({ reverse })) {
            met.push(key);
            if (key !== stop) continue;
            apply(map, changes);
            apply(model, changes);
          }
          const behind = (key: string) => (reverse ? key < stop : key > stop);
          expect(met.slice(met.indexOf(stop) + 1)).toEqual(sorted().filter(behind));
        }),
      );
    },
  );
});
