/** A worker process: its share of every class, each plan with the others' in turn. */
import { openService } from '../service.ts';

const { classes } = await import('../plans/classes/index.ts');
const { parsePlan, textOf } = await import('../plans/plan.ts');
const { recorder } = await import('../plans/recording.ts');
const { shrink } = await import('../plans/shrink.ts');
const { runPlan } = await import('../run-plan.ts');
const { count, emptyTally } = await import('../report/tally.ts');

/** Shrinking takes as long as some hundred plans, and one of a kind is enough to see. */
const mostShrunk = 3;

process.once('message', (share: Share) => void work(share).then(() => process.exit()));

/** What a worker is told. */
export interface Share {
  readonly classes: readonly string[];
  /** This one of so many workers. */
  readonly worker: number;
  readonly workers: number;
  /** Each so many-th plan of a class alone. */
  readonly every: number;
}

async function work({ classes: chosen, worker, workers, every }: Share): Promise<void> {
  const service = await openService();
  const record = recorder(service);
  let shrunk = 0;
  for (const one of classes) {
    const { name } = one;
    if (!chosen.includes(name)) continue;
    const tally = emptyTally();
    const before = process.cpuUsage();
    let index = 0;
    for await (const line of one.plans(record)) {
      if (index++ % (workers * every) !== worker * every) continue;
      const verdict = await runPlan(parsePlan(line), service);
      if (verdict.problems.length > 0 && shrunk++ < mostShrunk) {
        const least = await shrink(parsePlan(line), async (plan) => (await runPlan(plan, service)).problems.length > 0);
        const { problems } = await runPlan(least, service);
        count(tally, textOf(least), { ...verdict, problems });
      } else {
        count(tally, line, verdict);
      }
    }
    const { user, system } = process.cpuUsage(before);
    tally.cpuMs = (user + system) / 1000;
    process.send?.({ name, tally });
  }
}
