export interface Turns {
  /** @param work never rejects */
  add(work: () => Promise<void>): void;
  /** What is under way goes on; what waits, or is added later, never begins. */
  end(): void;
  /** Resolves once nothing is left to do. */
  done(): Promise<void>;
}

/** Does one piece of work after the other. */
export function createTurns(): Turns {
  let last = Promise.resolve();
  let isOver = false;
  return {
    add(work) {
      last = last.then(() => (isOver ? undefined : work()));
    },
    end() {
      isOver = true;
    },
    done: () => last,
  };
}
