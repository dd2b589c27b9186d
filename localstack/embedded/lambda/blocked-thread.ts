/** Tells a thread that is blocked by code that spins from one that waits for a processor. */

import type { Scheduler } from '../ports.ts';

/** A thread that has used so much of a processor, and has still not come to what it was asked, is blocked. */
const SPIN_LIMIT_MS = 1_000;

/** One that uses no processor waits inside a call that blocks, unless the machine is very busy: then it waits for a processor. */
const STANDSTILL_LIMIT_MS = 10_000;

/** How often it is looked. */
const LOOK_EVERY_MS = 100;

/**
 * @param usedMs of processors by the thread since it began. May never resolve, and rejects once the thread has ended
 * @param blocked called once, as soon as the thread is
 * @returns what ends the watch
 */
export function watchForBlock(
  usedMs: () => Promise<number>,
  { after }: Pick<Scheduler, 'after'>,
  blocked: () => void,
): () => void {
  let ended = false;
  let cancelLook = (): void => {};
  const cancelLimit = after(STANDSTILL_LIMIT_MS, end);

  function stop(): void {
    ended = true;
    cancelLook();
    cancelLimit();
  }

  function end(): void {
    stop();
    blocked();
  }

  async function look(from?: number): Promise<void> {
    const used = await usedMs();
    if (ended) return;
    const begun = from ?? used;
    if (used - begun >= SPIN_LIMIT_MS) end();
    else cancelLook = after(LOOK_EVERY_MS, () => lookQuietly(begun));
  }

  /** A thread that has ended is told of elsewhere. */
  function lookQuietly(from?: number): void {
    look(from).catch(() => {});
  }

  lookQuietly();
  return stop;
}
