import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { runTypes } from '#functions/trip/run-types.ts';
import { runLoad } from '#test/load/traffic/run-load.ts';
import { ownCloud, type Served } from '#test/load/traffic/served.ts';
import { sized } from '#test/support/load.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'load-'));
let served: Served;
afterAll(async () => {
  await served.close();
  rmSync(dataFolder, { recursive: true });
});

const bookings = sized(400);

/** The short form of `npm run load`. */
describe('a load of bookings, a third of which fail in every way, and a kill -9', () => {
  it('then all that were accepted come to their end, and bookings, seats, money, points and letters are right', async () => {
    served = await ownCloud(dataFolder);
    const mix = { bookings, flights: 3, demo: 0.2, seed: 20261126, failing: 0.4, cancelFailureRate: 0.4 };

    const { driven, judged, planned } = await runLoad(served, mix, { inFlight: 20, kills: 1, deadline: Infinity });

    expect(judged.problems).toEqual([]);
    expect(driven.refusals).toEqual([]);
    expect(driven.accepted).toHaveLength(bookings);
    expect(driven.samples.at(-1)?.life).toBe(1);
    expect(new Set(planned.map(({ runType }) => runType))).toEqual(new Set(runTypes));
  }, 300_000);
});
