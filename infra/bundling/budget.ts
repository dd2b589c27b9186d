import type { SagaFunctionDefinition } from '../functions/definition.ts';

/** Gzipped; the cold start of a function grows with its bundle. */
export const budgetsBytes: Readonly<Record<SagaFunctionDefinition['role'], number>> = {
  step: 130_000,
  background: 130_000,
  api: 200_000,
};

/** For Stripe's client, of 34 kB, in the few functions that move money. */
const stripeBytes = 15_000;

export interface Weight {
  readonly name: string;
  readonly role: SagaFunctionDefinition['role'];
  readonly gzippedBytes: number;
}

/** A line a function, heaviest first, and the names of those that exceed their budget. */
export function weigh(
  weights: readonly Weight[],
  { stripe = false } = {},
): { readonly report: string; readonly tooHeavy: readonly string[] } {
  const budgetOf = (role: Weight['role']): number => budgetsBytes[role] + (stripe ? stripeBytes : 0);
  const lines = [...weights]
    .sort((a, b) => b.gzippedBytes - a.gzippedBytes || a.name.localeCompare(b.name))
    .map(({ name, role, gzippedBytes }) => {
      const verdict = gzippedBytes > budgetOf(role) ? '  TOO HEAVY' : '';
      return `${name.padEnd(28)} ${kilobytes(gzippedBytes).padStart(8)} of ${kilobytes(budgetOf(role))}${verdict}`;
    });
  return {
    report: lines.join('\n'),
    tooHeavy: weights.filter(({ role, gzippedBytes }) => gzippedBytes > budgetOf(role)).map(({ name }) => name),
  };
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
