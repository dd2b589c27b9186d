/** `npm run simulate`: runs plans against the whole service in one process, and says which of them break a promise. */
import type { parseArgs } from 'node:util';
import { isGiven, jsonOfFile, refuseUnread, wholeNumberOf } from '#infra/operations/option-values.ts';
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
  --trace FILE     writes all that happened in the plans of --plan or --seed, a JSON object a line
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
    every: { type: 'string' },
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
  if (values.patch !== undefined) return patchesOf(values.patch);
  if (values.without === undefined) return [];
  const mend = mends[values.without];
  if (mend === undefined)
    throw new UsageError(`--without ${values.without}: there are ${Object.keys(mends).join(', ')}`);
  return mend.patches;
}

function patchesOf(file: string): readonly Patch[] {
  const patches = jsonOfFile(file);
  const isPatch = (one: unknown): one is Patch =>
    (['file', 'find', 'replace'] as const).every((name) => typeof (one as Partial<Patch> | null)?.[name] === 'string');
  if (Array.isArray(patches) && patches.every(isPatch)) return patches;
  throw new UsageError(`--patch ${file}: it must be a list of {"file": …, "find": …, "replace": …}`);
}

function rulesOut({ 'without-rule': rule }: Values): readonly Removable[] {
  if (rule === undefined) return [];
  if (!isRemovable(rule)) throw new UsageError(`--without-rule ${rule}: npm run model -- --list names the rules`);
  return [rule];
}

/** What may be asked for, and the options that have an effect there: the first that was given is done. */
const asks = {
  page: ['check'],
  traces: ['write', 'reversed'],
  drifts: [],
  list: [],
  seed: ['trace', 'without', 'without-rule', 'patch'],
  plan: ['trace', 'without', 'without-rule', 'patch'],
  class: ['write', 'every', 'workers', 'without', 'without-rule', 'patch'],
  all: ['write', 'every', 'workers', 'without', 'without-rule', 'patch'],
  write: ['every', 'workers', 'without', 'without-rule', 'patch'],
} as const;
type Ask = keyof typeof asks;

/** @throws UsageError where nothing was asked for, or an option would be ignored */
function askOf(values: Values): Ask {
  const asked = (Object.keys(asks) as Ask[]).find((name) => isGiven(values[name]));
  if (asked === undefined) throw new UsageError('which plans? --all, --class NAME, --seed N or --plan "LINE"');
  refuseUnread(values, `--${asked}`, [asked, ...asks[asked]]);
  if (values.without !== undefined && values.patch !== undefined)
    throw new UsageError('--without and --patch each change sources: give one');
  if (values.write && (values.every ?? values.without ?? values.patch ?? values['without-rule']) !== undefined)
    throw new UsageError('--write records whole runs of the sources as they are: leave out what changes them');
  return asked;
}

async function run(values: Values): Promise<void> {
  const asked = askOf(values);
  if (asked === 'page') {
    await import('./oracle/surroundings.ts');
    return (await import('./cli/faults-page.ts')).keepPage(values.check);
  }
  if (asked === 'traces') {
    patchModules([]);
    return (await import('./cli/traces.ts')).keepTraces(values.write, values.reversed);
  }
  if (asked === 'drifts') {
    patchModules([]);
    return (await import('./cli/drifts.ts')).tellDrifts();
  }
  if (asked === 'list') return (await import('./cli/list.ts')).list();
  if (asked === 'plan' || asked === 'seed') {
    const seed = values.seed === undefined ? undefined : wholeNumberOf('seed', values.seed);
    patchModules(patches(values));
    const { showPlans, lineOfSeed } = await import('./cli/one-plan.ts');
    return showPlans(seed === undefined ? values.plan : [await lineOfSeed(seed)], {
      traceFile: values.trace,
      takenOut: rulesOut(values),
    });
  }
  const every = wholeNumberOf('every', values.every ?? '1', 1);
  const workers = values.workers === undefined ? undefined : wholeNumberOf('workers', values.workers, 1);
  const { exploreAndTell } = await import('./cli/explore-and-tell.ts');
  const classes = asked === 'class' ? values.class : undefined;
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
