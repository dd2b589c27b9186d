import { setTimeout as sleep } from 'node:timers/promises';
import { cancellationReasonsOf } from './cancellation.ts';

const attempts = 6;
const baseDelayMs = 25;

/**
 * Two writes of one account at once: DynamoDB refuses the later one, and its client does not try again. Waiting for the
 * queue to hand the message out once more would take a minute each time.
 */
export async function retryConflicts<Result>(
  write: () => Promise<Result>,
  wait: (milliseconds: number) => Promise<unknown> = sleep,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (attempt === attempts || !isConflict(error)) throw error;
      await wait(Math.random() * baseDelayMs * 2 ** attempt);
    }
  }
}

/** Whether a write met another one of the same item: the same write may be done a moment later. */
export function isConflict(error: unknown): boolean {
  if (error instanceof Error && error.name === 'TransactionConflictException') return true;
  return cancellationReasonsOf(error).some(({ Code }) => Code === 'TransactionConflict');
}
