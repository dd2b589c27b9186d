/** A worker process: its share of every class, each plan with the others' in turn. */
import type { Plan } from '../plans/plan.ts';
import type { Verdict } from '../run-plan.ts';
import { openService } from '../service.ts';

const { classes } = await import('../plans/classes/index.ts');
const { exploreOrders } = await import('../plans/orders.ts');
const { parsePlan, textOf } = await import('../plans/plan.ts');
const { recorder } = await import('../plans/recording.ts');
const { shrink } = await import('../plans/shrink.ts');
const { runPlan } = await import('../run-plan.ts');
const { count, emptyTally } = await import('../report/tally.ts');

/** Shrinking takes as long as some hundred plans, and one of a kind is enough to see. */
const mostShrunk = 3;

// Nobody reads them.
Error.stackTraceLimit = 0;

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
    const isMine = (): boolean => index++ % (workers * every) === worker * every;
    const judge = async (plan: Plan, verdict: Verdict): Promise<void> => {
      if (verdict.problems.length === 0 || shrunk++ >= mostShrunk) return count(tally, textOf(plan), verdict);
      const least = await shrink(plan, async (smaller) => (await runPlan(smaller, service)).problems.length > 0);
      const { problems } = await runPlan(least, service);
      count(tally, textOf(least), { ...verdict, problems: problems.length > 0 ? problems : verdict.problems });
    };
    for await (const line of one.plans(record)) {
      if (!isMine()) continue;
      const plan = parsePlan(line);
      await judge(plan, await runPlan(plan, service));
    }
    for (const { line, mostOrders } of one.searches ?? []) {
      if (!isMine()) continue;
      const broken: [Plan, Verdict][] = [];
      const most = Math.ceil(mostOrders / every);
      const search = await exploreOrders(parsePlan(line), service, {
        mostOrders: most,
        found: (plan, verdict) => {
          if (verdict.problems.length > 0) broken.push([plan, verdict]);
          else count(tally, textOf(plan), verdict);
        },
      });
      for (const [plan, verdict] of broken) await judge(plan, verdict);
      tally.states += search.states;
      tally.merges += search.merges;
      tally.left += search.left;
    }
    const { user, system } = process.cpuUsage(before);
    tally.cpuMs = (user + system) / 1000;
    process.send?.({ name, tally });
  }
}
