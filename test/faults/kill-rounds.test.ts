import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { killRounds } from '#test/support/kill-rounds/rounds.ts';
import { isFullLoad } from '#test/support/load.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'kill-rounds-'));
afterAll(() => rmSync(dataFolder, { recursive: true }));

/** A round takes 10 s of a processor. */
const rounds = isFullLoad ? 3 : 1;

/** The short form of `npm run kill-rounds`. */
describe('kill -9 with requests in flight', () => {
  it('given the same requests again after each restart, then bookings, seats, money and points are right', async () => {
    const report = await killRounds({ rounds, requests: 16, seed: 20261126, dataFolder });

    expect(report.violations).toEqual([]);
    expect(report).toMatchObject({ rounds, requests: rounds * 16 });
    expect(report.confirmed).toBeGreaterThan(0);
  }, 300_000);
});
