/** `npm run simulate`: runs plans against the whole service in one process, and says which of them break a promise. */
import { parseArgs } from 'node:util';

const usage = `npm run simulate -- [options]

  --all            every class of plans
  --class NAME     one class; may be repeated
  --every N        each N-th plan of a class alone
  --seed N         one plan that chance makes
  --plan "LINE"    one plan, with the states that its runs go through; README.md says how it is written
  --list           classes, acts and kinds of faults
  --help           this text

Exit code 1 where a promise is broken.`;

const { values } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    class: { type: 'string', multiple: true, default: [] },
    every: { type: 'string', default: '1' },
    plan: { type: 'string' },
    seed: { type: 'string' },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(usage);
else if (values.plan !== undefined) await (await import('./cli/one-plan.ts')).showPlan(values.plan);
else if (values.seed !== undefined) await (await import('./cli/one-plan.ts')).showSeed(Number(values.seed));
else if (values.list) await (await import('./cli/list.ts')).list();
else if (values.all || values.class.length > 0) {
  const { exploreAndTell } = await import('./cli/explore-and-tell.ts');
  await exploreAndTell({ classes: values.all ? undefined : values.class, every: Number(values.every) });
} else {
  console.error(usage);
  process.exitCode = 2;
}
