/** `npm run simulate`: runs plans against the whole service in one process, and says which of them break a promise. */
import type { parseArgs } from 'node:util';
import { jsonOfFile, wholeNumberOf } from '#infra/operations/option-values.ts';
import { runCommand, UsageError } from '#infra/operations/run-command.ts';
import { isRemovable, type Removable } from '#test/model/rules/rules.ts';
import { mends } from './mends/mends.ts';
import { type Patch, patchModules } from './mends/patch.ts';

const usage = `npm run simulate -- [options]

  --all            every class of plans; compares the figures of docs/faults.md
  --write          the same, and records the figures; with --class, of those classes alone
  --page           writes docs/faults.md from the recorded figures; with --check, says whether it is old
  --class NAME     one class; may be repeated
  --every N        each N-th plan of a class alone
  --workers N      processes (default: one a processor)
  --seed N         one plan that chance makes
  --plan "LINE"    one plan, with the states that its runs go through; may be repeated; test/simulation/README.md says
                   how it is written
  --trace FILE     writes all that happened in that plan, a JSON object a line
  --traces         compares digests of some plans' traces with those that are committed; with --write, records them;
                   with --reversed, the last plan is run first
  --without NAME   takes one of what was mended out: ${Object.keys(mends).join(', ')}
  --without-rule R takes one of the model's rules out, for plans that the model follows (npm run model -- --list names them)
  --drifts         takes rules out of the model, one at a time, and says which of them the service does not show
  --patch FILE     changes sources as they are loaded: JSON, [{"file": …, "find": …, "replace": …}]
  --list           classes, acts and kinds of faults
  --help           this text

Exit code 1 where a promise is broken.`;

const config = {
  options: {
    all: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    class: { type: 'string', multiple: true, default: [] as string[] },
    every: { type: 'string', default: '1' },
    workers: { type: 'string' },
    plan: { type: 'string', multiple: true, default: [] as string[] },
    seed: { type: 'string' },
    trace: { type: 'string' },
    traces: { type: 'boolean', default: false },
    reversed: { type: 'boolean', default: false },
    without: { type: 'string' },
    'without-rule': { type: 'string' },
    drifts: { type: 'boolean', default: false },
    patch: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
} as const;
type Values = ReturnType<typeof parseArgs<typeof config>>['values'];

function patches(values: Values): readonly Patch[] {
  if (values.patch !== undefined) return jsonOfFile(values.patch) as Patch[];
  if (values.without === undefined) return [];
  const mend = mends[values.without];
  if (mend === undefined)
    throw new UsageError(`--without ${values.without}: there are ${Object.keys(mends).join(', ')}`);
  return mend.patches;
}

function rulesOut({ 'without-rule': rule }: Values): readonly Removable[] {
  if (rule === undefined) return [];
  if (!isRemovable(rule)) throw new UsageError(`--without-rule ${rule}: npm run model -- --list names the rules`);
  return [rule];
}

async function run(values: Values): Promise<void> {
  if (values.page) {
    await import('./oracle/surroundings.ts');
    return (await import('./cli/faults-page.ts')).keepPage(values.check);
  }
  if (values.traces) {
    patchModules([]);
    return (await import('./cli/traces.ts')).keepTraces(values.write, values.reversed);
  }
  if (values.drifts) {
    patchModules([]);
    return (await import('./cli/drifts.ts')).tellDrifts();
  }
  if (values.list) return (await import('./cli/list.ts')).list();
  if (values.plan.length > 0 || values.seed !== undefined) {
    const seed = values.seed === undefined ? undefined : wholeNumberOf('seed', values.seed);
    patchModules(patches(values));
    const { showPlans, lineOfSeed } = await import('./cli/one-plan.ts');
    return showPlans(seed === undefined ? values.plan : [await lineOfSeed(seed)], {
      traceFile: values.trace,
      takenOut: rulesOut(values),
    });
  }
  const isAll = values.all || (values.write && values.class.length === 0);
  if (!isAll && values.class.length === 0)
    throw new UsageError('which plans? --all, --class NAME, --seed N or --plan "LINE"');
  const every = wholeNumberOf('every', values.every, 1);
  const workers = values.workers === undefined ? undefined : wholeNumberOf('workers', values.workers, 1);
  const { exploreAndTell } = await import('./cli/explore-and-tell.ts');
  const classes = isAll ? undefined : values.class;
  await exploreAndTell({
    classes,
    every,
    workers,
    patches: patches(values),
    takenOut: rulesOut(values),
    writes: values.write,
  });
}

await runCommand('simulate', usage, config, async ({ values }) => {
  try {
    await run(values);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'PlanError') throw error;
    // The usage says nothing of how a plan is written.
    console.error(`simulate: ${error.message}`);
    process.exitCode = 2;
  }
});
// An invocation that a plan ended has left its time limit behind, for which the process would wait a minute.
process.exit();
