import { describe, expect, it } from '@jest/globals';
import { assertConcurrency } from '#embedded/lambda/concurrency.ts';

const aRuntime = (name: string, load: number, reservedConcurrency?: number) => ({
  settings: { name, reservedConcurrency },
  pool: { load },
});

describe('one more invocation', () => {
  it.each([
    ['has room below the account limit', [aRuntime('one', 500), aRuntime('two', 499)]],
    ['has room in its own reservation, however busy the others are', [aRuntime('one', 4, 5), aRuntime('two', 1_000)]],
    ['has room beside functions that use up their own reservation', [aRuntime('one', 0), aRuntime('two', 900, 900)]],
  ])('%s', (_what, runtimes) => {
    expect(() => assertConcurrency(runtimes[0] as (typeof runtimes)[0], runtimes)).not.toThrow();
  });

  it.each([
    ['at the account limit', [aRuntime('one', 0), aRuntime('two', 1_000)], 'ConcurrentInvocationLimitExceeded'],
    [
      'at what others have not reserved, once for all their versions',
      [aRuntime('one', 200), aRuntime('two', 0, 400), aRuntime('two', 0, 400), aRuntime('three', 400)],
      'ConcurrentInvocationLimitExceeded',
    ],
    [
      'at its own reservation, with all its versions',
      [aRuntime('one', 2, 5), aRuntime('one', 3, 5)],
      'ReservedFunctionConcurrentInvocationLimitExceeded',
    ],
  ])('is throttled %s', (_what, runtimes, Reason) => {
    expect(() => assertConcurrency(runtimes[0] as (typeof runtimes)[0], runtimes)).toThrow(
      expect.objectContaining({ code: 'TooManyRequestsException', statusCode: 429, details: { Reason, Type: 'User' } }),
    );
  });
});
