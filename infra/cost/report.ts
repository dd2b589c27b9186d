import { boundsOf } from './binding.ts';
import type { RegionClass } from './fact.ts';
import type { Mix } from './mix.ts';
import type { Model } from './model.ts';
import { busyMonth, idleMonth } from './month.ts';
import { billOf } from './pricing.ts';
import {
  billTable,
  boundsTable,
  enginesTable,
  hotFlightTable,
  idleTable,
  monthTable,
  releaseTable,
  type Table,
  usageTable,
} from './tables.ts';

export interface ReportOptions {
  /** Bookings a second. */
  readonly rate: number;
  readonly mix: Mix;
  readonly region: RegionClass;
}

export interface Report {
  readonly parts: readonly { readonly title: string; readonly table: Table }[];
  /** The same for programs: dollars and plain numbers. */
  readonly figures: unknown;
}

const regionsOf = (region: RegionClass): string =>
  region === 'large' ? 'us-east-1, us-west-2, eu-west-1' : 'all but us-east-1, us-west-2 and eu-west-1';

export function reportOf(model: Model, { rate, mix, region }: ReportOptions): Report {
  const { usages, stack, recorded } = model;
  const month = busyMonth(rate, mix, { stack, usages, sizes: recorded.sizes });
  return {
    parts: [
      { title: 'What a run uses', table: usageTable(model) },
      { title: 'What 1,000 runs cost', table: billTable(model) },
      { title: 'An idle month', table: idleTable(model) },
      { title: 'A release', table: releaseTable(model) },
      { title: 'A month of bookings, beside the idle one', table: monthTable(model, [rate], mix) },
      {
        title: `Quotas, the one that is used up first on top (Regions: ${regionsOf(region)})`,
        table: boundsTable(model, mix, region),
      },
      { title: 'One popular flight', table: hotFlightTable(model) },
      { title: 'The same booking on other engines, orchestration alone', table: enginesTable(model) },
    ],
    figures: {
      runs: Object.fromEntries(
        [...usages].map(([name, usage]) => [
          name,
          {
            ...usage,
            invocations: Object.fromEntries(usage.invocations),
            calls: Object.fromEntries(usage.calls),
            dollarsA1000: billOf(usage, stack, { runs: 1000 }),
          },
        ]),
      ),
      idleMonth: idleMonth(stack, recorded),
      month: { rate, mix: Object.fromEntries(mix), ...month },
      quotas: boundsOf(mix, usages, region),
    },
  };
}
