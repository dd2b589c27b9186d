import { describe, expect, it } from '@jest/globals';
import { createPool, type Pool } from '#embedded/lambda/pool.ts';
import type { Sandbox } from '#embedded/lambda/sandbox.ts';

const sandbox = {
  init: Promise.resolve({ durationMs: 0, lines: '', failed: undefined }),
  alive: true,
  onGone: () => {},
  close: () => {},
} as unknown as Sandbox;

/** Of one environment, which is as busy as the test says. */
function aPool() {
  const begun: string[] = [];
  let starts = 0;
  const start = async () => {
    starts += 1;
    return sandbox;
  };
  const pool: Pool = createPool({ start, limit: () => 1, watch: () => () => undefined });
  /** Work that lasts until `finish`. */
  function work(name: string, signal?: AbortSignal) {
    const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
    const began = Promise.withResolvers<void>();
    const result = pool.use(async () => {
      begun.push(name);
      began.resolve();
      await finished;
      return name;
    }, signal);
    return { result, finish, began: began.promise };
  }
  return { pool, work, begun, starts: () => starts };
}

const gaveUp = new Error('the caller gave up');

describe('a job whose caller gives up', () => {
  it('leaves the queue, never begins, and the next one has its place', async () => {
    const { work, begun, pool } = aPool();
    const first = work('first');
    await first.began;
    const caller = new AbortController();
    const given = work('given up', caller.signal);
    const next = work('next');
    caller.abort(gaveUp);
    await expect(given.result).rejects.toBe(gaveUp);
    expect(pool.load).toBe(2);
    first.finish();
    next.finish();
    expect([await first.result, await next.result]).toEqual(['first', 'next']);
    expect(begun).toEqual(['first', 'next']);
    expect(pool.load).toBe(0);
  });

  it('ends as any other where it has begun', async () => {
    const { work } = aPool();
    const caller = new AbortController();
    const running = work('running', caller.signal);
    await running.began;
    caller.abort(gaveUp);
    running.finish();
    expect(await running.result).toBe('running');
  });

  it('ends as any other where it waited before it began', async () => {
    const { work } = aPool();
    const first = work('first');
    const caller = new AbortController();
    const second = work('second', caller.signal);
    await first.began;
    first.finish();
    await second.began;
    caller.abort(gaveUp);
    second.finish();
    expect(await second.result).toBe('second');
  });

  it('does not even start an environment where the caller had given up before', async () => {
    const { work, starts } = aPool();
    await expect(work('late', AbortSignal.abort(gaveUp)).result).rejects.toBe(gaveUp);
    expect(starts()).toBe(0);
  });

  it('keeps none of its environments from the jobs that come later', async () => {
    const { work, begun } = aPool();
    const caller = new AbortController();
    const given = work('given up', caller.signal);
    caller.abort(gaveUp);
    await expect(given.result).rejects.toBe(gaveUp);
    const later = work('later');
    later.finish();
    expect(await later.result).toBe('later');
    expect(begun).toEqual(['later']);
  });
});
