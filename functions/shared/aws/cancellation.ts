import type { CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';

/** Why a transaction was cancelled, in the order of its items; empty for any other error. */
export function cancellationReasonsOf(error: unknown): readonly CancellationReason[] {
  const cancelled = error instanceof Error && error.name === 'TransactionCanceledException';
  return cancelled ? ((error as TransactionCanceledException).CancellationReasons ?? []) : [];
}
