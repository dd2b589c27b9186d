/** Token buckets by route, as the stage's `default_route_settings` and `route_settings` say. */

interface Bucket {
  readonly rate: number;
  readonly burst: number;
  tokens: number;
  filledAt: number;
}

/** Takes a token of the route's bucket. @returns false where there is none */
export type Throttle = (routeKey: string) => boolean;

/** @param now milliseconds of a clock that never goes back */
export function createThrottle(stage: Readonly<Record<string, unknown>>, now = () => performance.now()): Throttle {
  const own = new Map<string, Record<string, unknown>>();
  for (const settings of (stage.route_settings ?? []) as Record<string, unknown>[]) {
    own.set(String(settings.route_key), settings);
  }
  const buckets = new Map<string, Bucket>();

  function bucketOf(routeKey: string): Bucket {
    // A route's own settings stand alone: what they leave out is not the stage's.
    const settings = own.get(routeKey) ?? (stage.default_route_settings as Record<string, unknown> | undefined);
    const rate = limitOf(settings, 'throttling_rate_limit');
    const burst = limitOf(settings, 'throttling_burst_limit');
    const bucket = { rate, burst, tokens: burst, filledAt: now() };
    buckets.set(routeKey, bucket);
    return bucket;
  }

  return (routeKey) => {
    const bucket = buckets.get(routeKey) ?? bucketOf(routeKey);
    if (bucket.burst === Number.POSITIVE_INFINITY || bucket.rate === Number.POSITIVE_INFINITY) return true;
    const at = now();
    bucket.tokens = Math.min(bucket.burst, bucket.tokens + ((at - bucket.filledAt) / 1_000) * bucket.rate);
    bucket.filledAt = at;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  };
}

/**
 * Without settings the limit is the account's, which a laptop has not. In settings a limit that is left out is 0, by which
 * nothing comes through: https://github.com/hashicorp/terraform-provider-aws/issues/14742
 */
function limitOf(settings: Readonly<Record<string, unknown>> | undefined, limit: string): number {
  return settings === undefined ? Number.POSITIVE_INFINITY : Number(settings[limit] ?? 0);
}
