/** How many invocations run or wait at a time: more are throttled, as on AWS, so that no queue grows without bound. */

import { AwsError } from '../types.ts';
import type { FunctionRuntime } from './function-runtime.ts';

/** Of an account, by default: https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html */
const ACCOUNT_LIMIT = 1_000;

type Runtime = {
  readonly settings: Pick<FunctionRuntime['settings'], 'name' | 'reservedConcurrency'>;
  readonly pool: Pick<FunctionRuntime['pool'], 'load'>;
};

/**
 * All versions of a function share what is reserved for it, and functions without a reservation share the rest of the account's.
 * @param runtimes of all functions and versions
 * @throws AwsError `TooManyRequestsException`
 */
export function assertConcurrency(
  { settings: { name, reservedConcurrency } }: Runtime,
  runtimes: Iterable<Runtime>,
): void {
  const reserved = new Map<string, number>();
  let own = 0;
  let unreserved = 0;
  for (const { settings, pool } of runtimes) {
    if (settings.name === name) own += pool.load;
    if (settings.reservedConcurrency === undefined) unreserved += pool.load;
    else reserved.set(settings.name, settings.reservedConcurrency);
  }
  if (reservedConcurrency !== undefined) {
    if (own >= reservedConcurrency) throw throttled('ReservedFunctionConcurrentInvocationLimitExceeded');
    return;
  }
  const left = [...reserved.values()].reduce((rest, count) => rest - count, ACCOUNT_LIMIT);
  if (unreserved >= left) throw throttled('ConcurrentInvocationLimitExceeded');
}

function throttled(Reason: string): AwsError {
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, { Reason, Type: 'User' });
}
