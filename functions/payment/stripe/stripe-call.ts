import { setTimeout as sleep } from 'node:timers/promises';
import Stripe from 'stripe';
import { loadOnce } from '#functions/shared/aws/load-once.ts';

/** One call of Stripe's API; knows the key, and how often to try. */
export type StripeCall = <Result>(run: (stripe: Stripe) => Promise<Result>) => Promise<Result>;

export interface StripeOptions {
  readonly secretKey: () => Promise<string>;
  /** Instead of https://api.stripe.com: for tests and local runs. */
  readonly apiBase?: string | undefined;
  readonly maxNetworkRetries?: number;
  readonly wait?: (milliseconds: number) => Promise<unknown>;
  /** From 0 to 1, for the jitter of those waits. */
  readonly random?: () => number;
}

/** A function has 10 s: all three tries of a call that hangs, and the pauses between them, end before that. */
const timeoutMs = 2_500;
const rateLimitAttempts = 4;
const rateLimitDelayMs = 150;

/**
 * Stripe with a client that is made at the first call and kept. Its library repeats what failed on the network, with
 * 409 or with 5xx, under the same idempotency key; 429 it repeats only when the answer asks for it, so that is done here.
 */
export function stripeCall({
  secretKey,
  apiBase,
  maxNetworkRetries = 2,
  wait = sleep,
  random = Math.random,
}: StripeOptions): StripeCall {
  const client = loadOnce(async () => {
    return new Stripe(await secretKey(), {
      httpClient: Stripe.createFetchHttpClient(),
      maxNetworkRetries,
      timeout: timeoutMs,
      telemetry: false,
      ...(apiBase === undefined ? {} : addressOf(apiBase)),
    });
  });
  return async (run) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await run(await client.get());
      } catch (error) {
        const { statusCode } = error as Stripe.errors.StripeError;
        // A key that was replaced since: the next invocation reads the new one.
        if (statusCode === 401) client.forget();
        if (statusCode !== 429 || attempt === rateLimitAttempts) throw error;
        await wait((0.5 + random()) * rateLimitDelayMs * 2 ** attempt);
      }
    }
  };
}

function addressOf(apiBase: string): Pick<Stripe.StripeConfig, 'protocol' | 'host' | 'port'> {
  const { protocol, hostname, port } = new URL(apiBase);
  const secure = protocol === 'https:';
  return { protocol: secure ? 'https' : 'http', host: hostname, port: port || (secure ? 443 : 80) };
}
