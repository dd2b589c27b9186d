import { hash as hashOf } from 'node:crypto';
import { AwsError } from '../types.ts';

type Result = Record<string, unknown>;

/** How long AWS remembers a ClientRequestToken. */
const WINDOW_MS = 10 * 60 * 1000;
/** The SDK sends a token with every transaction: under load ten minutes of them would fill the memory. */
const MAX_TOKENS = 100_000;

interface Seen {
  readonly payload: string;
  readonly atMs: number;
  /** Undefined while the first request is still under way. */
  result: Result | undefined;
}

/** A transaction with a token that has succeeded succeeds again without a second write; a refused one may be tried again. */
export class Idempotency {
  readonly #seen = new Map<string, Seen>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  async once(token: string | undefined, payload: unknown, work: () => Promise<Result>): Promise<Result> {
    if (token === undefined) return work();
    this.#forgetOld();
    const hash = hashOf('sha256', JSON.stringify(payload), 'base64');
    const earlier = this.#seen.get(token);
    if (earlier !== undefined) return answerAgain(earlier, hash);
    const seen: Seen = { payload: hash, atMs: this.#now(), result: undefined };
    this.#seen.set(token, seen);
    try {
      seen.result = await work();
      return seen.result;
    } catch (error) {
      this.#seen.delete(token);
      throw error;
    }
  }

  #forgetOld(): void {
    // A Map keeps the order of insertion: the oldest come first.
    for (const [token, { atMs }] of this.#seen) {
      if (this.#seen.size <= MAX_TOKENS && this.#now() - atMs < WINDOW_MS) break;
      this.#seen.delete(token);
    }
  }
}

function answerAgain({ payload, result }: Seen, hash: string): Result {
  if (payload !== hash) {
    throw new AwsError(
      'IdempotentParameterMismatchException',
      'The client request token was used before with other parameters: take a new token for a new transaction.',
    );
  }
  if (result === undefined) {
    throw new AwsError(
      'TransactionInProgressException',
      'The transaction with this client request token is under way.',
    );
  }
  return { ...result };
}
