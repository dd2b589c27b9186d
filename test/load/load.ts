/** `npm run load`: ends with 1 where a booking, a seat, money, a point or a dead letter is wrong, or the target's memory grows. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { numberOf, wholeNumberOf } from '#infra/operations/option-values.ts';
import { runCommand, UsageError } from '#infra/operations/run-command.ts';
import { plural } from '../../localstack/console/model/words.ts';
import { drawSeries } from './traffic/chart.ts';
import { runLoad } from './traffic/run-load.ts';
import { otherTarget, ownCloud } from './traffic/served.ts';
import { flatness, summaryOf } from './traffic/summary.ts';

const usage = `npm run load -- [options]    books by REST with charges and by the demo route, lets steps and cancels fail, kills the local
cloud, then audits bookings, seats, money, points and dead letters, and tells by a fit whether memory is flat

  --bookings N               (1000)
  --in-flight N              under way at most (200)
  --rate N                   begun a second; as many as fit in flight without it
  --minutes N                no booking begins later (60)
  --failing SHARE            of the bookings, over all run types that fail (0.3)
  --cancel-failure-rate P    probability that a cancel of those fails (0.4)
  --demo SHARE               of the bookings, by the demo route: at most 950 (0.1)
  --flights N                that the others take seats of, a thousand each (10)
  --kills N                  kill -9 and a start with the same data, in the first half (0)
  --seed N                   of all choices (1)
  --target URL               an API on this machine whose AWS endpoint AWS_ENDPOINT_URL names; a local cloud of its own without it
  --data DIR                 of its own local cloud; without it, in a temporary folder that is left where something is wrong
  --out DIR                  where load.md and load.svg are written (.local)
  --help                     this text`;

const text = (value: string) => ({ type: 'string', default: value }) as const;
const config = {
  options: {
    bookings: text('1000'),
    'in-flight': text('200'),
    rate: { type: 'string' },
    minutes: text('60'),
    failing: text('0.3'),
    'cancel-failure-rate': text('0.4'),
    demo: text('0.1'),
    flights: text('10'),
    kills: text('0'),
    seed: text('1'),
    target: { type: 'string' },
    data: { type: 'string' },
    out: text('.local'),
  },
} as const;

await runCommand('load', usage, config, async ({ values }) => {
  const share = (name: 'failing' | 'cancel-failure-rate' | 'demo'): number => numberOf(name, values[name], 1);
  const count = (name: 'bookings' | 'in-flight' | 'flights'): number => wholeNumberOf(name, values[name], 1);
  const kills = wholeNumberOf('kills', values.kills);
  const mix = {
    ...{ bookings: count('bookings'), flights: count('flights'), seed: wholeNumberOf('seed', values.seed) },
    ...{ failing: share('failing'), cancelFailureRate: share('cancel-failure-rate'), demo: share('demo') },
  };
  const pace = {
    ...{ inFlight: count('in-flight'), kills },
    rate: values.rate === undefined ? undefined : numberOf('rate', values.rate),
    deadline: Date.now() + numberOf('minutes', values.minutes) * 60_000,
  };
  if (values.target !== undefined && kills > 0)
    throw new UsageError('--kills needs a local cloud of its own: leave out --target');
  if (values.target !== undefined && values.data !== undefined)
    throw new UsageError('--data is of a local cloud of its own: leave out --target');
  if (values.target !== undefined && !URL.canParse(values.target))
    throw new UsageError(`--target must be a URL such as http://localhost:4000, not "${values.target}"`);
  if (values.target !== undefined && process.env.AWS_ENDPOINT_URL === undefined) {
    throw new UsageError("--target needs AWS_ENDPOINT_URL, the target's AWS endpoint");
  }
  if (values.target !== undefined) process.env.API_URL = values.target;
  const dataFolder = values.data ?? mkdtempSync(join(tmpdir(), 'load-'));
  const served = values.target === undefined ? await ownCloud(dataFolder) : await otherTarget();
  try {
    const report = await runLoad(served, mix, pace, console.error);
    const { judged, driven, fit } = report;
    const failed = judged.problems.length > 0 || driven.refusals.length > 0 || fit.isFlat === false;
    const command = ['npm run load --', ...process.argv.slice(2)].join(' ');
    mkdirSync(values.out, { recursive: true });
    writeFileSync(join(values.out, 'load.md'), summaryOf({ ...report, command, flights: mix.flights, kills }));
    writeFileSync(join(values.out, 'load.svg'), drawSeries(driven.samples, fit));
    for (const problem of [...driven.refusals, ...judged.problems].slice(0, 20)) console.error(problem);
    console.log(
      `${plural(driven.accepted.length, 'booking')} in ${driven.seconds.toFixed(0)} s, ${plural(kills, 'kill')}: ` +
        `${plural(judged.problems.length, 'violation')}, ${driven.refusals.length} refused; ${flatness(fit)}; see ${join(values.out, 'load.md')}` +
        (failed ? `, data in ${dataFolder}` : ''),
    );
    process.exitCode = failed ? 1 : 0;
  } finally {
    await served.close();
  }
  if (values.data === undefined && process.exitCode !== 1) rmSync(dataFolder, { recursive: true });
});
process.exit();
