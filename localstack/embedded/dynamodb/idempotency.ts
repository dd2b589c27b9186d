import { hash as hashOf } from 'node:crypto';
import type { Collection } from '../store/index.ts';
import { AwsError } from '../types.ts';

type Result = Record<string, unknown>;

/** How long AWS remembers a ClientRequestToken. */
const WINDOW_MS = 10 * 60 * 1000;
/** The SDK sends a token with every transaction: under load ten minutes of them would fill the memory. */
const MAX_TOKENS = 100_000;

/** A transaction that succeeded, by its token. */
export interface Succeeded {
  /** Digest of the request. */
  readonly payload: string;
  readonly atMs: number;
  readonly result: Result;
}

/** A transaction with a token that has succeeded succeeds again without a second write; a refused one may be tried again. */
export class Idempotency {
  readonly #succeeded: Collection<Succeeded>;
  readonly #now: () => number;
  /** Their tokens, the oldest first. */
  readonly #order: Map<string, number>;
  /** Digests of the requests under way, by their tokens. */
  readonly #underWay = new Map<string, string>();

  constructor(succeeded: Collection<Succeeded>, now: () => number) {
    this.#succeeded = succeeded;
    this.#now = now;
    const kept = [...succeeded.entries()].map(([token, { atMs }]) => [token, atMs] as const);
    this.#order = new Map(kept.sort(([, one], [, other]) => one - other));
  }

  /** @param work calls `keep` in the batch that keeps its writes, with what it will answer */
  async once(
    token: string | undefined,
    payload: unknown,
    work: (keep: (result: Result) => void) => Promise<Result>,
  ): Promise<Result> {
    if (token === undefined) return work(() => {});
    this.#forgetOld();
    const hash = hashOf('sha256', JSON.stringify(payload), 'base64');
    const earlier = this.#succeeded.get(token);
    if ((earlier?.payload ?? this.#underWay.get(token) ?? hash) !== hash) throw otherParameters();
    if (earlier !== undefined) return { ...earlier.result };
    if (this.#underWay.has(token)) throw inProgress();
    this.#underWay.set(token, hash);
    try {
      return await work((result) => {
        const atMs = this.#now();
        this.#succeeded.put(token, { payload: hash, atMs, result });
        this.#order.set(token, atMs);
      });
    } finally {
      this.#underWay.delete(token);
    }
  }

  #forgetOld(): void {
    for (const [token, atMs] of this.#order) {
      if (this.#order.size <= MAX_TOKENS && this.#now() - atMs < WINDOW_MS) break;
      this.#order.delete(token);
      this.#succeeded.delete(token);
    }
  }
}

const otherParameters = (): AwsError =>
  new AwsError(
    'IdempotentParameterMismatchException',
    'The client request token was used before with other parameters: take a new token for a new transaction.',
  );

const inProgress = (): AwsError =>
  new AwsError('TransactionInProgressException', 'The transaction with this client request token is under way.');
