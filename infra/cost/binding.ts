import { assumptions } from './assumptions.ts';
import type { RegionClass } from './fact.ts';
import { quotas } from './facts.ts';
import type { Mix } from './mix.ts';
import { usageIn } from './month.ts';
import type { Usage } from './usage.ts';

type QuotaName = 'transitions' | 'starts' | 'concurrency' | 'requests' | 'tableWrites' | 'newTableWrites';

export interface Bound {
  readonly quota: QuotaName;
  readonly value: number;
  readonly unit: string;
  /** What a booking takes of it. */
  readonly used: number;
  /** Bookings a second at which it is used up. */
  readonly rate: number;
  readonly askFor: string | undefined;
}

/** Bookings a second at which each quota is used up, the lowest first. */
export function boundsOf(mix: Mix, usages: ReadonlyMap<string, Usage>, region: RegionClass): readonly Bound[] {
  const mean = (of: (usage: Usage) => number): number =>
    [...mix].reduce((sum, [name, share]) => sum + share * of(usageIn(usages, name)), 0);
  const used: Readonly<Record<QuotaName, number>> = {
    transitions: mean(({ transitions }) => transitions),
    starts: mean(() => 1),
    concurrency: mean(busySeconds),
    requests: mean(({ requests }) => requests),
    tableWrites: mean(({ units }) => units.write),
    // Its indexes begin with as much each.
    newTableWrites: mean(({ units }) => units.own),
  };
  return (Object.keys(used) as QuotaName[])
    .map((quota): Bound => {
      const { values, unit, askFor } = quotas[quota];
      return { quota, value: values[region], unit, used: used[quota], rate: values[region] / used[quota], askFor };
    })
    .sort((one, other) => one.rate - other.rate);
}

/** Seconds that functions run for a booking: times the rate, so many run at a time (Little's law). */
export function busySeconds({ invocations, calls }: Pick<Usage, 'invocations' | 'calls'>): number {
  const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((total, count) => total + count, 0);
  const { millisecondsAnInvocation, millisecondsACall } = assumptions;
  return (sum(invocations) * millisecondsAnInvocation + sum(calls) * millisecondsACall) / 1000;
}
