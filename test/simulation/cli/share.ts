import '../oracle/surroundings.ts';
import { classes } from '../plans/classes/index.ts';
import { exploreOrders } from '../plans/orders.ts';
import { type Plan, parsePlan, textOf } from '../plans/plan.ts';
import { recorder } from '../plans/recording.ts';
import { shrink } from '../plans/shrink.ts';
import { runFollowed } from '../refinement/run-followed.ts';
import { count, emptyTally, type Outcome } from '../report/tally.ts';
import { runPlan } from '../run-plan.ts';
import { openService } from '../service.ts';
import type { Share } from './contract.ts';

/** Shrinking takes as long as some hundred plans, and one of a kind is enough to see. */
const mostShrunk = 3;

/** Runs the share, and sends the tally of each class. */
export async function work({ classes: chosen, worker, workers, every, takenOut }: Share): Promise<void> {
  const service = await openService();
  const record = recorder(service);
  let shrunk = 0;
  for (const one of classes) {
    const { name } = one;
    if (!chosen.includes(name)) continue;
    const run = (plan: Plan): Promise<Outcome> =>
      one.isFollowed ? runFollowed(plan, service, takenOut) : runPlan(plan, service);
    const tally = emptyTally();
    const before = process.cpuUsage();
    let index = 0;
    const isMine = (): boolean => index++ % (workers * every) === worker * every;
    const judge = async (plan: Plan, verdict: Outcome): Promise<void> => {
      if (verdict.problems.length === 0 || shrunk++ >= mostShrunk) return count(tally, textOf(plan), verdict);
      const least = await shrink(plan, async (smaller) => (await run(smaller)).problems.length > 0);
      const { problems } = await run(least);
      count(tally, textOf(least), { ...verdict, problems: problems.length > 0 ? problems : verdict.problems });
    };
    for await (const line of one.plans(record)) {
      if (!isMine()) continue;
      const plan = parsePlan(typeof line === 'string' ? line : await line());
      await judge(plan, await run(plan));
    }
    for (const { line, mostOrders } of one.searches ?? []) {
      if (!isMine()) continue;
      const broken: [Plan, Outcome][] = [];
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
