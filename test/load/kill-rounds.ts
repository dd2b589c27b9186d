/**
 * `npm run kill-rounds [-- --rounds 100 --requests 30 --seed 1 --minutes 10 --data DIR]`: kill -9 at random moments with
 * requests in flight, a restart with the same data, the same requests again. Ends with 1 where a booking, a seat, money or a
 * point is wrong, and leaves the data folder then.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killRounds } from '#test/support/kill-rounds/rounds.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    requests: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '10' },
    data: { type: 'string' },
  },
});

const dataFolder = values.data ?? mkdtempSync(join(tmpdir(), 'kill-rounds-'));
const began = Date.now();
const report = await killRounds({
  rounds: Number(values.rounds),
  requests: Number(values.requests),
  seed: Number(values.seed),
  deadline: began + Number(values.minutes) * 60_000,
  dataFolder,
  say: console.error,
});
const failed = report.violations.length > 0;
if (values.data === undefined && !failed) rmSync(dataFolder, { recursive: true });
const { rounds, kills, requests, aborted } = report;
console.log(
  `${rounds} rounds of ${values.rounds} in ${Math.round((Date.now() - began) / 1000)} s: ${kills} kills, ${requests} requests, ${aborted} runs ended by a kill; ` +
    (failed ? `${report.violations.length} violations, data in ${dataFolder}` : 'no violation'),
);
process.exitCode = failed ? 1 : 0;
