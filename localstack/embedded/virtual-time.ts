import type { Clock, Ports, Randomness, Scheduler } from './ports.ts';

export interface VirtualTime extends Ports {
  /** Moves the clock, and runs what falls due on the way, in order; between two runs pending promises are settled. */
  advance(milliseconds: number): Promise<void>;
  /** Moves the clock to the next run. Gives false where nothing is scheduled. */
  next(): Promise<boolean>;
}

interface Entry {
  readonly due: number;
  readonly order: number;
  readonly run: () => void;
}

/** A clock that moves only when it is told to, and randomness that a seed decides: the same calls give the same run. */
export function createVirtualTime({ start = 0, seed = 1 }: { start?: number; seed?: number } = {}): VirtualTime {
  let time = start;
  let count = 0;
  const entries = new Set<Entry>();
  const clock: Clock = { now: () => time };
  const after = (milliseconds: number, run: () => void): (() => void) => {
    const entry = { due: time + Math.max(0, milliseconds), order: count++, run };
    entries.add(entry);
    return () => void entries.delete(entry);
  };
  const scheduler: Scheduler = { after, inBackground: after };

  const first = (): Entry | undefined =>
    [...entries].sort((left, right) => left.due - right.due || left.order - right.order)[0];

  async function runUpTo(limit: number): Promise<boolean> {
    const entry = first();
    if (entry === undefined || entry.due > limit) return false;
    entries.delete(entry);
    time = Math.max(time, entry.due);
    entry.run();
    await settled();
    return true;
  }

  return {
    clock,
    scheduler,
    randomness: seeded(seed),
    async advance(milliseconds) {
      await settled();
      const limit = time + milliseconds;
      while (await runUpTo(limit));
      time = limit;
    },
    async next() {
      await settled();
      return runUpTo(Number.POSITIVE_INFINITY);
    },
  };
}

/** Lets promises and what waits for them go on: a macrotask comes after all of them. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Mulberry32: 32 bits of state are plenty for jitter and ids of a test. */
function seeded(seed: number): Randomness {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => Math.floor(fraction() * 16).toString(16)).join('');
  return { fraction, uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}` };
}
