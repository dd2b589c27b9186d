import { setTimeout as sleep } from 'node:timers/promises';
import { loadFor } from './target-kind.ts';

/** How often to look: an emulator would be busy with the asking alone. The time limit of the test ends a wait for what never comes. */
const pausesMs = loadFor({
  embedded: { first: 25, growth: 1.3, longest: 200 },
  others: { first: 200, growth: 1.1, longest: 1_000 },
});

/** What comes late is asked for less often: the asking takes processor time from what it waits for. */
export async function until<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  for (let pause = pausesMs.first; ; pause = Math.min(pause * pausesMs.growth, pausesMs.longest)) {
    const value = await look();
    if (value !== undefined) return value;
    await sleep(pause);
  }
}
