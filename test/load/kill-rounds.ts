/** `npm run kill-rounds`: ends with 1 where a booking, a seat, money or a point is wrong, and leaves the data folder then. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { numberOf, wholeNumberOf } from '#infra/operations/option-values.ts';
import { runCommand } from '#infra/operations/run-command.ts';
import { killRounds } from '#test/support/kill-rounds/rounds.ts';
import { plural } from '../../localstack/console/model/words.ts';

const usage = `npm run kill-rounds -- [options]    kills the local cloud at random moments with requests in flight, starts it
again with the same data, repeats the requests, and checks bookings, seats, money, points, queues and dead letters

  --rounds N     at most so many kills (100)
  --requests N   so many requests a round (30)
  --seed N       of the random moments (1)
  --minutes N    ends after so long (10)
  --data DIR     keeps the data there; without it, in a temporary folder that is left where something is wrong
  --help         this text`;

const config = {
  options: {
    rounds: { type: 'string', default: '100' },
    requests: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '10' },
    data: { type: 'string' },
  },
} as const;

await runCommand('kill-rounds', usage, config, async ({ values }) => {
  const count = (name: 'rounds' | 'requests'): number => wholeNumberOf(name, values[name], 1);
  const [rounds, requests, seed] = [count('rounds'), count('requests'), wholeNumberOf('seed', values.seed)];
  const minutes = numberOf('minutes', values.minutes);
  const dataFolder = values.data ?? mkdtempSync(join(tmpdir(), 'kill-rounds-'));
  const began = Date.now();
  const report = await killRounds({
    rounds,
    requests,
    seed,
    deadline: began + minutes * 60_000,
    dataFolder,
    say: console.error,
  });
  const failed = report.violations.length > 0;
  if (values.data === undefined && !failed) rmSync(dataFolder, { recursive: true });
  console.log(
    `${report.rounds} of ${plural(rounds, 'round')} in ${Math.round((Date.now() - began) / 1000)} s: ${plural(report.kills, 'kill')}, ${plural(report.requests, 'request')}, ${plural(report.aborted, 'run')} ended by a kill; ` +
      (failed ? `${plural(report.violations.length, 'violation')}, data in ${dataFolder}` : 'no violation'),
  );
  process.exitCode = failed ? 1 : 0;
});
