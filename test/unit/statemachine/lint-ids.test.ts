import { describe, expect, it } from '@jest/globals';
import { allLegs } from '#functions/legs.ts';
import { previousRelease } from '#test/contract/release/release.ts';
import { cruise } from '#test/support/cruise.ts';
import { lintIds } from '#test/support/lint-ids.ts';

const release = previousRelease();
it('finds no problem in the legs, nor in a new one', () => {
  expect(lintIds(allLegs, release)).toEqual([]);
  expect(lintIds([...allLegs, cruise], release)).toEqual([]);
});

const known = allLegs.filter(({ name }) => name.toUpperCase() in release.ids);
it('knows legs of the release', () => {
  expect(known).not.toEqual([]);
});

describe('given another identity of a leg that has stored ids, then it says so', () => {
  it.each(
    known.flatMap(({ name, identity, fields }) =>
      [identity.slice(1), identity.toReversed(), [...identity, Object.keys(fields).at(-1) ?? '']]
        .filter((other) => other.join() !== identity.join())
        .map((other) => [name, other] as const),
    ),
  )('%s by %j', (name, identity) => {
    const legs = allLegs.map((leg) => (leg.name === name ? { ...leg, identity } : leg));
    expect(lintIds(legs, release)).toEqual([
      `functions/${name}/leg.ts: its identity makes other ids than those that release ${release.release} has stored: what that reserved would be neither confirmed nor undone. Leave the identity of a leg as it is, or record a release once no booking has the old ids: npm run release:record`,
    ]);
  });
});
