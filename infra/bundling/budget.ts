import type { SagaFunctionDefinition } from '../functions/definition.ts';

/** Gzipped; the cold start of a function grows with its bundle. */
const budgetsBytes: Readonly<Record<SagaFunctionDefinition['role'], number>> = {
  step: 130_000,
  background: 130_000,
  api: 200_000,
};

export interface Weight {
  readonly name: string;
  readonly role: SagaFunctionDefinition['role'];
  readonly gzippedBytes: number;
}

/** A line a function, heaviest first, and the names of those that exceed their budget. */
export function weigh(weights: readonly Weight[]): { readonly report: string; readonly tooHeavy: readonly string[] } {
  const lines = [...weights]
    .sort((a, b) => b.gzippedBytes - a.gzippedBytes || a.name.localeCompare(b.name))
    .map(({ name, role, gzippedBytes }) => {
      const verdict = gzippedBytes > budgetsBytes[role] ? '  TOO HEAVY' : '';
      return `${name.padEnd(28)} ${kilobytes(gzippedBytes).padStart(8)} of ${kilobytes(budgetsBytes[role])}${verdict}`;
    });
  return {
    report: lines.join('\n'),
    tooHeavy: weights.filter(({ role, gzippedBytes }) => gzippedBytes > budgetsBytes[role]).map(({ name }) => name),
  };
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
