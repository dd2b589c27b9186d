import type { Choose } from '../oracle/oracle.ts';
import { runPlan, type Service, type Verdict } from '../run-plan.ts';
import type { Plan } from './plan.ts';

/** What a search through the orders of a plan came to. */
export interface Orders {
  /** Orders that were followed to their end and judged. */
  readonly orders: number;
  /** Different states at which one of several runs had to be chosen. */
  readonly states: number;
  /** Orders that came to a state that was known already, where they were left. */
  readonly merges: number;
  /** Choices that were not tried, since the search was long enough. */
  readonly left: number;
}

/** Ends a run whose further way is known. */
class Merged extends Error {}

/**
 * Follows every order in which what is pending may go on. An order that comes to a state that another one has been in is left
 * there: from there on both are alike.
 * @param found told of each order that was followed to its end
 */
export async function exploreOrders(
  plan: Plan,
  service: Service,
  { mostOrders, found }: { readonly mostOrders: number; readonly found: (plan: Plan, verdict: Verdict) => void },
): Promise<Orders> {
  const known = new Set<string>();
  const open: number[][] = [[]];
  let [orders, merges, runs] = [0, 0, 0];

  async function follow(prefix: readonly number[]): Promise<void> {
    const taken: number[] = [];
    const choose: Choose = (pending, fingerprint) => {
      if (pending.length < 2) return 0;
      const planned = prefix[taken.length];
      if (planned === undefined) {
        const state = fingerprint();
        if (known.has(state)) throw new Merged();
        known.add(state);
        for (let other = 1; other < pending.length; other++) open.push([...taken, other]);
      }
      taken.push(planned ?? 0);
      return planned ?? 0;
    };
    try {
      const verdict = await runPlan(plan, service, { choose });
      orders += 1;
      found({ ...plan, order: taken.length > 0 ? taken : [0] }, verdict);
    } catch (error) {
      if (!(error instanceof Merged)) throw error;
      merges += 1;
    }
  }

  // The newest first: its beginning is the longest, and the list stays short.
  for (let prefix = open.pop(); prefix !== undefined && runs < mostOrders; prefix = open.pop()) {
    runs += 1;
    await follow(prefix);
  }
  return { orders, states: known.size, merges, left: open.length };
}
