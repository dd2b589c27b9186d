import type { Scheduler } from '../ports.ts';

/**
 * Which items a transaction is under way for. Two transactions, or a transaction and a write, never wait for each other: DynamoDB
 * refuses the later one. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling
 */
export class Contention {
  readonly #items = new Set<string>();
  readonly #scheduler: Pick<Scheduler, 'after'>;
  readonly #durationMs: number | undefined;

  /** @param durationMs of a transaction; undefined where it takes no time, so that none is ever under way */
  constructor(scheduler: Pick<Scheduler, 'after'>, durationMs: number | undefined) {
    this.#scheduler = scheduler;
    this.#durationMs = durationMs;
  }

  isOngoing(item: string): boolean {
    return this.#items.has(item);
  }

  /** Calls `commit` when a transaction of the items, of which none may be in another one, is over. */
  async transact(items: readonly string[], commit: () => void): Promise<void> {
    const duration = this.#durationMs;
    if (duration === undefined) return commit();
    for (const item of items) this.#items.add(item);
    try {
      await new Promise<void>((resolve) => void this.#scheduler.after(duration, resolve));
      commit();
    } finally {
      for (const item of items) this.#items.delete(item);
    }
  }
}
