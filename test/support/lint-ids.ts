import { legIdOf } from '#functions/shared/saga/derived-ids.ts';
import type { LegRecord } from '#functions/trip/define-leg.ts';
import type { CompensationInput } from '#functions/trip/run-input.ts';
import type { Release } from '#test/contract/release/release.ts';
import { partOf } from './kill-rounds/audit.ts';

/** Whether each leg still finds what the release before has stored: its steps derive the id anew. @returns one sentence a violation */
export function lintIds(legs: readonly LegRecord[], { release, stories, ids }: Release): string[] {
  const trip = stories[0]?.runs[0]?.input as CompensationInput | undefined;
  if (trip === undefined) return [];
  return legs
    .filter((leg) => ![undefined, legIdOf(leg, trip)].includes(ids[partOf(leg)]))
    .map(
      ({ name }) =>
        `functions/${name}/leg.ts: its identity makes other ids than those that release ${release} has stored: what that reserved would be neither confirmed nor undone. Leave the identity of a leg as it is, or record a release once no booking has the old ids: npm run release:record`,
    );
}
