/** Asks the server no second time before the first answer is there: what was wanted meanwhile is asked for once, afterwards. */

export interface Asking {
  /** Asks now. Resolves once nothing more is wanted. */
  now(): Promise<void>;
  /** Asks within so many milliseconds, together with what else is wanted by then. */
  soon(milliseconds: number): void;
}

/** @param ask has to take care of its own errors */
export function oneAtATime(ask: () => Promise<void>): Asking {
  let timer: number | undefined;
  let isAsking = false;
  let isWanted = false;

  async function now(): Promise<void> {
    isWanted = true;
    if (isAsking) return;
    isAsking = true;
    while (isWanted) {
      isWanted = false;
      await ask();
    }
    isAsking = false;
  }

  return {
    now,
    soon(milliseconds) {
      if (timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        void now();
      }, milliseconds);
    },
  };
}
