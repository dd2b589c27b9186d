/** `npm run bench`: in one run on one machine. Loads are bounded: emulators start a process for each concurrent invocation. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { runCommand, UsageError } from '#infra/operations/run-command.ts';
import { aTripId, ended, startDemo } from '#test/support/e2e/saga.ts';
import { drawBars } from './bars.ts';
import { figuresTable, functionsTable } from './bench-tables.ts';
import { openBenchTarget, openColdTarget, type TargetName, targetNames } from './bench-targets.ts';
import { type FunctionStarts, functionStarts } from './function-starts.ts';
import { quantile, sequentialLatency, sustainedRate } from './measure.ts';
import { listenerOf, residentBytes } from './resident-memory.ts';

const usage = `npm run bench -- [options]    measures the same trips on each target: tables with ratios to the first target, and bars

  --targets LIST   with commas; all are ${targetNames.join(',')}
  --svg FILE       where the bars are drawn (.local/bench.svg)
  --help           this text`;

const config = {
  options: {
    targets: { type: 'string', default: targetNames.join(',') },
    svg: { type: 'string', default: '.local/bench.svg' },
  },
} as const;

const inFlight = [1, 8, 50] as const;

const median = (times: readonly number[]): number =>
  quantile(
    [...times].sort((a, b) => a - b),
    0.5,
  );

async function measure(name: TargetName) {
  const figures = new Map<string, number>();
  const note = (figure: string, value: number): void => {
    figures.set(figure, value);
    console.error(`  ${figure}: ${value.toFixed(1)}`);
  };
  const began = performance.now();
  const target = await openBenchTarget(name, (line) => console.error(`  ${line}`));
  const port = Number(new URL(target.awsUrl).port);
  const memory = (): number => residentBytes(listenerOf(port) ?? 0) / 2 ** 20;
  try {
    const booking = await startDemo(target, { tripID: aTripId() });
    await ended(target, booking.executionArn);
    note('nothing to first booking, ms', performance.now() - began);
    await sequentialLatency(target, 'success', 20);
    for (const runType of ['success', 'failPayment']) {
      const times = await sequentialLatency(target, runType, 50);
      note(`${runType} p50, ms`, quantile(times, 0.5));
      note(`${runType} p99, ms`, quantile(times, 0.99));
    }
    for (const load of inFlight) {
      const { rate, failed } = await sustainedRate(target, load);
      note(`bookings a second, ${load} in flight`, rate);
      if (failed > 0) console.error(`  ${failed} bookings were undone with ${load} in flight`);
      note(`resident memory after ${load} in flight, MB`, memory());
    }
    const starts = await startsOf(name, target);
    const all = [...starts.values()];
    note('cold call of a function, median, ms', median(all.map(({ coldMs }) => coldMs)));
    note('warm call of a function, median, ms', median(all.map(({ warmMs }) => warmMs)));
    return { figures, starts };
  } finally {
    await target.close();
  }
}

async function startsOf(name: TargetName, target: Parameters<typeof openColdTarget>[1]) {
  const cold = await openColdTarget(name, target);
  try {
    return await functionStarts(cold);
  } finally {
    await cold.close();
  }
}

await runCommand('bench', usage, config, async ({ values }) => {
  /** All are known before the first is measured, which takes long. */
  const targets = values.targets.split(',').map((name): TargetName => {
    const known = targetNames.find((one) => one === name);
    if (known === undefined) throw new UsageError(`--targets: "${name}" is none of ${targetNames.join(', ')}`);
    return known;
  });

  const figures = new Map<string, ReadonlyMap<string, number>>();
  const starts = new Map<string, ReadonlyMap<string, FunctionStarts>>();
  for (const name of targets) {
    console.error(`${name} …`);
    try {
      const measured = await measure(name);
      figures.set(name, measured.figures);
      starts.set(name, measured.starts);
    } catch (error) {
      // The other targets' measurements took long, so they are shown all the same.
      process.exitCode = 1;
      console.error(`${name} could not be measured:`, error);
    }
  }

  console.log([...figuresTable(figures), '', ...functionsTable(starts)].join('\n'));
  mkdirSync(dirname(values.svg), { recursive: true });
  writeFileSync(values.svg, drawBars(figures));
  console.error(`Bars: ${values.svg}`);
});
process.exit();
