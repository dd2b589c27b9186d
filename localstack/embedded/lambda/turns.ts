/**
 * Which environments run at the same time. More of them than there are processors only take each other's place, and each time code and
 * heap of one have to come back into the processor's caches, which nearly doubles what an invocation costs. So few run at a time, and one
 * that has a turn keeps it for the next jobs of its function.
 */

/** How long an environment keeps its turn while others wait. */
const KEEP_MS = 60;
/** A job that takes longer waits for something else than the processor, a service or a timer: its turn goes to the next one. */
const JOB_MS = 50;

export interface Turn {
  /** True until `begin` resolves. */
  readonly waiting: boolean;
  /** Before each job; undefined where it may begin at once. */
  begin(): Promise<void> | undefined;
  /** After each job. @param more whether the environment has another job, which it begins at once */
  end(more: boolean): void;
}

export interface Turns {
  /** For one environment. */
  join(): Turn;
}

/** @param atOnce how many environments run at a time */
export function createTurns(atOnce: number): Turns {
  let free = atOnce;
  const line: (() => void)[] = [];

  function pass(): void {
    const next = line.shift();
    if (next === undefined) free += 1;
    else next();
  }

  function join(): Turn {
    let since: number | undefined;
    let waiting = false;
    let limit: NodeJS.Timeout | undefined;

    function giveUp(): void {
      if (since === undefined) return;
      since = undefined;
      pass();
    }

    function take(): void {
      since ??= performance.now();
      limit = setTimeout(giveUp, JOB_MS).unref();
    }

    return {
      get waiting() {
        return waiting;
      },
      begin() {
        if (since !== undefined || free > 0) {
          if (since === undefined) free -= 1;
          take();
          return undefined;
        }
        waiting = true;
        return new Promise((resolve) => {
          line.push(() => {
            waiting = false;
            take();
            resolve();
          });
        });
      },
      end(more) {
        clearTimeout(limit);
        const keeps = more && since !== undefined && (line.length === 0 || performance.now() - since < KEEP_MS);
        if (!keeps) giveUp();
      },
    };
  }

  return { join };
}
