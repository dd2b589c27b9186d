import { timeoutError } from './errors.ts';
import { MAX_TIMER_SECONDS } from './machine.ts';

/** Whatever an execution waits for right now; ending the execution ends the waiting. */
export class Interruptible {
  #interrupt: (reason: Error) => void = () => {};

  interrupt(reason: Error): void {
    this.#interrupt(reason);
    this.#interrupt = () => {};
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, Math.min(milliseconds, MAX_TIMER_SECONDS * 1000));
      this.#onInterrupt(timer, reject);
    });
  }

  /** A Task that times out or is interrupted is left behind: it may still do its work, and nobody hears of it. */
  run(start: () => Promise<string>, timeoutSeconds = Number.POSITIVE_INFINITY): Promise<string> {
    return new Promise((resolve, reject) => {
      const limited = timeoutSeconds <= MAX_TIMER_SECONDS;
      const timer = limited ? setTimeout(() => reject(timeoutError()), timeoutSeconds * 1000) : undefined;
      this.#onInterrupt(timer, reject);
      start()
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
    });
  }

  #onInterrupt(timer: NodeJS.Timeout | undefined, reject: (reason: Error) => void): void {
    this.#interrupt = (reason) => {
      clearTimeout(timer);
      reject(reason);
    };
  }
}
