/** `npm run bench`: in one run on one machine. Loads are bounded: emulators start a process for each concurrent invocation. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { runCommand, UsageError } from '#infra/operations/run-command.ts';
import { drawBars } from './bars.ts';
import { figuresTable, functionsTable } from './bench-tables.ts';
import { type TargetName, targetNames } from './bench-targets.ts';
import type { FunctionStarts } from './function-starts.ts';
import { goalLines } from './goals.ts';
import { type Figures, measureTarget } from './measure-target.ts';

const usage = `npm run bench -- [options]    measures the same trips on each target: tables with ratios to the first target, and bars

  --targets LIST   with commas, of ${targetNames.join(',')} (embedded,ministack)
  --starts         cold and warm calls of each function, too
  --svg FILE       where the bars are drawn (.local/bench.svg)
  --help           this text`;

const config = {
  options: {
    targets: { type: 'string', default: 'embedded,ministack' },
    starts: { type: 'boolean', default: false },
    svg: { type: 'string', default: '.local/bench.svg' },
  },
} as const;

await runCommand('bench', usage, config, async ({ values }) => {
  /** All are known before the first is measured, which takes long. */
  const targets = values.targets.split(',').map((name): TargetName => {
    const known = targetNames.find((one) => one === name);
    if (known === undefined) throw new UsageError(`--targets: "${name}" is none of ${targetNames.join(', ')}`);
    return known;
  });

  const figures = new Map<string, Figures>();
  const starts = new Map<string, ReadonlyMap<string, FunctionStarts>>();
  for (const name of targets) {
    console.error(`${name} …`);
    try {
      const measured = await measureTarget(name, values.starts, (line) => console.error(`  ${line}`));
      figures.set(name, measured.figures);
      starts.set(name, measured.starts);
    } catch (error) {
      // The other targets' measurements took long, so they are shown all the same.
      process.exitCode = 1;
      console.error(`${name} could not be measured:`, error);
    }
  }

  const ofFunctions = values.starts ? ['', ...functionsTable(starts)] : [];
  console.log([...figuresTable(figures), ...ofFunctions, '', ...goalLines(figures)].join('\n'));
  mkdirSync(dirname(values.svg), { recursive: true });
  writeFileSync(values.svg, drawBars(figures));
  console.error(`Bars: ${values.svg}`);
});
process.exit();
