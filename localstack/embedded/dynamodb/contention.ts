import type { Scheduler } from '../ports.ts';

/**
 * Which items a transaction is under way for. Two transactions, or a transaction and a write, never wait for each other: DynamoDB
 * refuses the later one. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling
 */
export class Contention {
  readonly #items = new Set<string>();
  readonly #scheduler: Pick<Scheduler, 'after'>;
  readonly #durationMs: number;

  constructor(scheduler: Pick<Scheduler, 'after'>, durationMs: number) {
    this.#scheduler = scheduler;
    this.#durationMs = durationMs;
  }

  isOngoing(item: string): boolean {
    return this.#items.has(item);
  }

  /** Marks the items, of which none may be in another transaction, until `work` is done. */
  async hold<Result>(items: readonly string[], work: () => Promise<Result>): Promise<Result> {
    for (const item of items) this.#items.add(item);
    try {
      return await work();
    } finally {
      for (const item of items) this.#items.delete(item);
    }
  }

  /** Between a transaction's checks and its writes. */
  elapse(): Promise<void> {
    return new Promise((resolve) => void this.#scheduler.after(this.#durationMs, resolve));
  }
}
