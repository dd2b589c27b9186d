import { budgetsBytes } from '../bundling/budget.ts';
import { prices, quotas } from './facts.ts';
import { type Line, usageIn } from './month.ts';
import { billOf, totalOf } from './pricing.ts';
import { byCustomer, cancellation } from './scenarios.ts';
import type { StackFacts } from './stack.ts';
import type { Usage } from './usage.ts';

/** Of an environment that begins with new code: an assumption, billed since 2025. */
const coldStartSeconds = 0.4;

/** What one release costs beside the work of people and runners. */
export function releaseLines(stack: StackFacts, usages: ReadonlyMap<string, Usage>): readonly Line[] {
  const published = stack.functions.filter(({ isPublished }) => isPublished);
  const bytes = published.length * budgetsBytes.step;
  const storageBytes = quotas.codeStorageGb.values.large * 1e9;
  const gigabyteSeconds = stack.functions.reduce(
    (sum, { memoryMegabytes }) => sum + (memoryMegabytes / 1024) * coldStartSeconds,
    0,
  );
  const smoke = [byCustomer, cancellation].reduce(
    (sum, name) => sum + totalOf(billOf(usageIn(usages, name), stack)),
    0,
  );
  return [
    {
      name: 'Versions of the steps, at most',
      amount: `${published.length}, ${(bytes / 1e6).toFixed(1)} MB`,
      cost: 0,
    },
    {
      name: 'Releases until the quota of code is full, if none is pruned',
      amount: Math.floor(storageBytes / bytes).toLocaleString('en-US'),
      cost: 0,
    },
    {
      name: 'First starts of every function',
      amount: `${stack.functions.length} of ${coldStartSeconds} s`,
      cost: gigabyteSeconds * prices.lambdaGbSecond.value,
    },
    { name: 'Smoke test of a booking and its cancellation', amount: '2 runs', cost: smoke },
  ];
}
