import type { Scheduler } from '../ports.ts';
import { timeoutError } from './errors.ts';

/** What an execution, or one item of its Map, waits for right now; ending it ends the waiting, of the scopes inside as well. */
export class Scope {
  readonly #scheduler: Scheduler;
  readonly #endings = new Set<(reason: Error) => void>();
  #reason: Error | undefined;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  /** Only the first reason counts. */
  end(reason: Error): void {
    this.#reason ??= reason;
    for (const ending of [...this.#endings]) ending(this.#reason);
    this.#endings.clear();
  }

  assertGoing(): void {
    if (this.#reason !== undefined) throw this.#reason;
  }

  child(): Scope {
    const child = new Scope(this.#scheduler);
    this.#endings.add((reason) => child.end(reason));
    return child;
  }

  sleep(milliseconds: number): Promise<void> {
    return this.#until((resolve) => this.#scheduler.after(milliseconds, resolve));
  }

  /** A Task that times out or is ended is left behind: it may still do its work, and its answer is not heard. */
  run(start: (left: AbortSignal) => Promise<string>, timeoutSeconds = Number.POSITIVE_INFINITY): Promise<string> {
    return this.#until((resolve, reject) => {
      const caller = new AbortController();
      const leave = (reason: Error): void => {
        reject(reason);
        caller.abort(reason);
      };
      const cancel = Number.isFinite(timeoutSeconds)
        ? this.#scheduler.after(timeoutSeconds * 1000, () => leave(timeoutError()))
        : () => {};
      start(caller.signal).then(resolve, reject);
      return (reason) => {
        cancel();
        if (reason !== undefined) caller.abort(reason);
      };
    });
  }

  /** @param begin gives what cancels it, with a reason where it is not over */
  #until<T>(
    begin: (resolve: (value: T) => void, reject: (error: unknown) => void) => (reason?: Error) => void,
  ): Promise<T> {
    this.assertGoing();
    return new Promise<T>((resolve, reject) => {
      let cancel: (reason?: Error) => void = () => {};
      const settle = (): void => {
        cancel();
        this.#endings.delete(ending);
      };
      const ending = (reason: Error): void => {
        cancel(reason);
        reject(reason);
      };
      this.#endings.add(ending);
      cancel = begin(
        (value) => {
          settle();
          resolve(value);
        },
        (error) => {
          settle();
          reject(error);
        },
      );
    });
  }
}
