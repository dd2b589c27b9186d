import { describe, expect, it } from '@jest/globals';
import { watchForBlock } from '#embedded/lambda/blocked-thread.ts';
import { createVirtualTime } from '#embedded/virtual-time.ts';

/** @param usedMs of a processor, after so many milliseconds */
function aWatch(usedMs: (elapsed: number) => Promise<number>) {
  const time = createVirtualTime();
  let blocked = 0;
  const stop = watchForBlock(
    () => usedMs(time.clock.now()),
    time.scheduler,
    () => {
      blocked += 1;
    },
  );
  return { time, stop, blocked: () => blocked };
}

describe('a thread that does not come to what it was asked', () => {
  it('is blocked once it has used a second of a processor, which is told once', async () => {
    const { time, blocked } = aWatch(async (elapsed) => 70_000 + elapsed);
    await time.advance(999);
    expect(blocked()).toBe(0);
    await time.advance(1);
    expect(blocked()).toBe(1);
    await time.advance(60_000);
    expect(blocked()).toBe(1);
  });

  it('is not blocked while others have the processors', async () => {
    const { time, blocked } = aWatch(async (elapsed) => elapsed / 8);
    await time.advance(7_999);
    expect(blocked()).toBe(0);
    await time.advance(1);
    expect(blocked()).toBe(1);
  });

  it.each([
    ['uses nothing', async () => 0],
    ['does not even tell what it uses', () => new Promise<number>(() => {})],
  ])('is blocked after ten seconds in which it %s', async (_what, usedMs) => {
    const { time, blocked } = aWatch(usedMs);
    await time.advance(9_999);
    expect(blocked()).toBe(0);
    await time.advance(1);
    expect(blocked()).toBe(1);
  });

  it('is watched no more once it has', async () => {
    const { time, stop, blocked } = aWatch(async (elapsed) => elapsed);
    await time.advance(500);
    stop();
    await time.advance(60_000);
    expect(blocked()).toBe(0);
  });

  it('is watched no more where the answer comes after that', async () => {
    const { promise, resolve } = Promise.withResolvers<number>();
    const { time, stop, blocked } = aWatch(() => promise);
    stop();
    resolve(0);
    await time.advance(60_000);
    expect(blocked()).toBe(0);
  });

  it('and has ended is not blocked before the limit', async () => {
    const { time, blocked } = aWatch(() => Promise.reject(new Error('it has ended')));
    await time.advance(9_000);
    expect(blocked()).toBe(0);
  });
});
