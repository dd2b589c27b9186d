import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type RunType, runTypes } from '#functions/trip/run-types.ts';
import { ownErrorName } from '#test/support/e2e/capabilities.ts';
import { aTripId, chargeOf, ended, itemsOf, startDemo, statesOf } from '#test/support/e2e/saga.ts';
import { openTarget, type Target } from '#test/support/e2e/target.ts';

/** What each run type leaves, ids and times aside: the same on every target. `UPDATE_END_STATES=1` writes it anew. */
const recordFile = new URL('end-states.json', import.meta.url);
const recorded = JSON.parse(readFileSync(recordFile, 'utf8')) as Record<string, unknown>;
const updating = process.env.UPDATE_END_STATES === '1';

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(async () => {
  if (updating) writeFileSync(recordFile, `${JSON.stringify(recorded, undefined, 2)}\n`);
  await target.close();
});

/** Replaces what differs from run to run by what it is. */
function normalised(value: unknown, tripId: string, executionId: string): unknown {
  const text = JSON.stringify(value)
    .replaceAll(executionId, '<execution>')
    .replaceAll(tripId, '<trip>')
    .replaceAll(/"([A-Z]+)#\d+"/g, '"$1#<id>"')
    .replaceAll(/"\d+#<execution>"/g, '"<id>#<execution>"')
    .replaceAll(/"id":"\d+"/g, '"id":"<id>"')
    .replaceAll(/"bookingReference":"[^"]+"/g, '"bookingReference":"<reference>"')
    .replaceAll(/20\d\d-\d\d-\d\dT[\d:.]+Z/g, (time) => (time.startsWith('2021') ? time : '<time>'))
    .replaceAll(/"expiresAt":\d+/g, '"expiresAt":"<time>"')
    .replaceAll(ownErrorName('InjectedFaultError'), 'InjectedFaultError');
  return JSON.parse(text);
}

async function endStateOf(runType: RunType): Promise<unknown> {
  const tripId = aTripId();
  const { executionArn, executionId } = await startDemo(target, { runType, tripID: tripId });
  const { status, error } = await ended(target, executionArn);
  const items = await itemsOf(target, tripId);
  const state = {
    status,
    error,
    states: await statesOf(target, executionArn),
    items: items.map((item) => Object.fromEntries(Object.entries(item).sort())),
    charge: Object.fromEntries(Object.entries(await chargeOf(target, `demo-${executionId}`)).sort()),
  };
  // Only what failed in between says which, and the shard is derived from the trip.
  for (const item of state.items) delete item.unfinishedShard;
  return normalised(state, tripId, executionId);
}

it.each(runTypes)('given %s, when ended, then the table holds the same items as on every target', async (runType) => {
  const endState = await endStateOf(runType);
  if (updating) recorded[runType] = endState;
  expect(endState).toEqual(recorded[runType]);
});
