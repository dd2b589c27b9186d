/** Moments that late things wait for: a state that is about to begin, the end of a run, the end of an act. */
export interface Moments {
  /** Does the work once the moment comes. */
  at(moment: string, work: () => Promise<unknown>): void;
  /** The moment has come. Resolves when what waited for it is done. */
  reach(moment: string): Promise<void>;
  /** What was late has died with its process. */
  forget(): void;
}

export function createMoments(): Moments {
  const waiting = new Map<string, (() => Promise<unknown>)[]>();
  return {
    at(moment, work) {
      waiting.set(moment, [...(waiting.get(moment) ?? []), work]);
    },
    async reach(moment) {
      const works = waiting.get(moment);
      if (works === undefined) return;
      waiting.delete(moment);
      for (const work of works) await work().catch(() => {});
    },
    forget: () => waiting.clear(),
  };
}
