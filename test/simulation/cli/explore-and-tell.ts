import { merge } from '../report/tally.ts';
import { explore } from './explore.ts';

/** Violations of a class to print; the rest is counted. */
const mostShown = 10;

export async function exploreAndTell(wanted: {
  classes?: readonly string[] | undefined;
  every: number;
}): Promise<void> {
  const { classes } = await import('../plans/classes/index.ts');
  const { edges } = await import('../plans/states.ts');
  const names = wanted.classes ?? classes.map(({ name }) => name);
  const began = performance.now();
  const tallies = await explore({ classes: names, every: wanted.every });
  const seconds = (performance.now() - began) / 1000;
  for (const [name, { plans, unreached, letters, violations, cpuMs, states, merges, left }] of tallies) {
    console.log(
      `${name.padEnd(16)} ${plans} plans, ${unreached} without effect, ${letters} with dead letters, ${violations.length} violations, ${(cpuMs / Math.max(1, plans)).toFixed(1)} ms of processor time each`,
    );
    if (states > 0) {
      console.log(
        `${''.padEnd(16)} ${states} states, ${merges} orders left at a known state, ${left} choices not tried`,
      );
    }
    for (const { plan, problems } of violations.slice(0, mostShown)) {
      console.log(`  npm run simulate -- --plan "${plan}"`);
      for (const problem of problems) console.log(`    ${problem}`);
    }
  }
  const all = merge([...tallies.values()]);
  const missing = edges.filter((edge) => all.edges[edge] === undefined);
  console.log(
    `${edges.length - missing.length} of ${edges.length} edges of the machine taken${missing.length > 0 ? `; not: ${missing.join(', ')}` : ''}`,
  );
  console.log(
    `${seconds.toFixed(0)} s, ${(all.cpuMs / 1000).toFixed(0)} s of processor time, ${(all.plans / seconds).toFixed(0)} plans a second`,
  );
  console.log(`${all.plans} plans, ${all.violations.length} violations`);
  if (all.violations.length > 0) process.exitCode = 1;
}
