/** `npm run simulate`: runs plans against the whole service in one process, and says which of them break a promise. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
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
  --plan "LINE"    one plan, with the states that its runs go through; may be repeated. README.md says how it is written
  --trace FILE     writes all that happened in that plan, a JSON object a line
  --without NAME   takes one of what was mended out: ${Object.keys(mends).join(', ')}
  --patch FILE     changes sources as they are loaded: JSON, [{"file": …, "find": …, "replace": …}]
  --list           classes, acts and kinds of faults
  --help           this text

Exit code 1 where a promise is broken.`;

const { values } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    class: { type: 'string', multiple: true, default: [] },
    every: { type: 'string', default: '1' },
    workers: { type: 'string' },
    plan: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string' },
    trace: { type: 'string' },
    without: { type: 'string' },
    patch: { type: 'string' },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function patches(): readonly Patch[] {
  if (values.patch !== undefined) return JSON.parse(readFileSync(values.patch, 'utf8')) as Patch[];
  if (values.without === undefined) return [];
  const mend = mends[values.without];
  if (mend === undefined) throw new Error(`--without ${values.without}: there are ${Object.keys(mends).join(', ')}`);
  return mend.patches;
}

async function run(): Promise<void> {
  if (values.help) return console.log(usage);
  if (values.page) {
    await import('./oracle/surroundings.ts');
    return (await import('./cli/faults-page.ts')).keepPage(values.check);
  }
  if (values.list) return (await import('./cli/list.ts')).list();
  if (values.plan.length > 0 || values.seed !== undefined) {
    patchModules(patches());
    const { showPlans, lineOfSeed } = await import('./cli/one-plan.ts');
    return showPlans(values.seed === undefined ? values.plan : [await lineOfSeed(Number(values.seed))], values.trace);
  }
  const isAll = values.all || (values.write && values.class.length === 0);
  if (!isAll && values.class.length === 0) {
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  const { exploreAndTell } = await import('./cli/explore-and-tell.ts');
  const classes = isAll ? undefined : values.class;
  const workers = values.workers === undefined ? undefined : Number(values.workers);
  await exploreAndTell({ classes, every: Number(values.every), workers, patches: patches(), writes: values.write });
}

try {
  await run();
} catch (error) {
  if (!(error instanceof Error) || error.name !== 'PlanError') throw error;
  console.error(`simulate: ${error.message}`);
  process.exitCode = 2;
}
