import { UsageError } from '#infra/operations/run-command.ts';
import type { Removable } from '#test/model/rules/rules.ts';
import { plural } from '../../../localstack/console/model/words.ts';
import type { Patch } from '../mends/patch.ts';
import { checkName } from '../plans/words.ts';
import { figuresOf, withOthers } from '../report/figures.ts';
import { merge, type Tally } from '../report/tally.ts';
import { tellActions } from './actions-taken.ts';
import { explore } from './explore.ts';
import { keepFigures } from './faults-page.ts';

/** Violations of a class to print; the rest is counted. */
const mostShown = 10;

export interface Wanted {
  /** All of them where it is undefined. */
  readonly classes?: readonly string[] | undefined;
  readonly every: number;
  /** One a processor where it is undefined. */
  readonly workers?: number | undefined;
  readonly patches: readonly Patch[];
  /** Rules that the model does without. */
  readonly takenOut: readonly Removable[];
  /** Whether the figures of docs/faults.md are recorded anew. */
  readonly writes: boolean;
}

/** What came of a class. */
function tell(name: string, { plans, unreached, letters, violations, cpuMs, states, merges, left }: Tally): void {
  const each = (cpuMs / Math.max(1, plans)).toFixed(1);
  const what = `${plural(plans, 'plan')}, ${plans - unreached} reach their faults, ${letters} with dead letters, ${plural(violations.length, 'violation')}`;
  console.log(`${name.padEnd(10)} ${what}, ${each} ms of processor time each`);
  if (states > 0) {
    console.log(
      `${''.padEnd(10)} ${plural(states, 'state')}, ${plural(merges, 'order')} left at a known state, ${plural(left, 'choice')} not tried`,
    );
  }
  for (const { plan, problems } of violations.slice(0, mostShown)) {
    console.log(`  npm run simulate -- --plan "${plan}"`);
    for (const problem of problems) console.log(`    ${problem}`);
  }
}

export async function exploreAndTell(wanted: Wanted): Promise<void> {
  const { every, workers, patches, takenOut } = wanted;
  const { classes } = await import('../plans/classes/index.ts');
  const { edges } = await import('../plans/states.ts');
  const known = classes.map(({ name }) => name);
  const names = wanted.classes ?? known;
  for (const name of names) checkName(name, known, `There is no class "${name}"`);
  const followed = classes.filter(({ isFollowed }) => isFollowed).map(({ name }) => name);
  if (takenOut.length > 0 && !names.some((name) => followed.includes(name)))
    throw new UsageError(`--without-rule has no effect here: the model follows class ${followed.join(', ')}`);
  const began = performance.now();
  const tallies = await explore({ classes: names, every, workers, patches, takenOut, done: tell });
  const seconds = (performance.now() - began) / 1000;
  const all = merge([...tallies.values()]);
  const missing = edges.filter((edge) => all.edges[edge] === undefined);
  // A class or a sample takes few of them; all classes together have to take each.
  const isNamed = wanted.classes === undefined && every === 1 && missing.length > 0;
  console.log(
    `${edges.length - missing.length} of ${edges.length} edges of the machine taken${isNamed ? `; not: ${missing.join(', ')}` : ''}`,
  );
  console.log(`${seconds.toFixed(0)} s; the plans took ${(all.cpuMs / 1000).toFixed(1)} s of processor time`);
  const isWhole = every === 1 && patches.length === 0 && takenOut.length === 0;
  const isModelWhole = names.includes('walks') ? await tellActions(all, isWhole) : true;
  if (isWhole) {
    const figures = figuresOf(tallies, edges);
    if (wanted.classes === undefined) await keepFigures(figures, wanted.writes);
    else if (wanted.writes) await keepFigures(withOthers(figures, edges), true);
  }
  console.log(`${plural(all.plans, 'plan')}, ${plural(all.violations.length, 'violation')}`);
  if (all.violations.length > 0 || !isModelWhole) process.exitCode = 1;
}
