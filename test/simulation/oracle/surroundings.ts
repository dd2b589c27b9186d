/**
 * Time and randomness of everything that runs in this process, the functions and their packages included: those of the present
 * world while there is one. To be imported before anything that takes them at load.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import type { Ports } from '#embedded/index.ts';

let present: Ports | undefined;

/** From now on; undefined gives the machine's own back. */
export function surroundWith(ports: Ports | undefined): void {
  present = ports;
}

const behind = new AsyncLocalStorage<number>();

/** Runs what a host does whose clock is so many milliseconds behind the others'. */
export const clockBehind = <Result>(milliseconds: number, run: () => Result): Result => behind.run(milliseconds, run);

const nowOf = (ports: Ports): number => ports.clock.now() - (behind.getStore() ?? 0);

const RealDate = Date;
const real = {
  random: Math.random,
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  randomUUID: crypto.randomUUID,
  randomBytes: crypto.randomBytes,
  sleep: timers.setTimeout,
};

class VirtualDate extends RealDate {
  constructor(...parts: unknown[]) {
    if (parts.length === 0 && present !== undefined) super(nowOf(present));
    else super(...(parts as []));
  }

  static override now(): number {
    return present === undefined ? RealDate.now() : nowOf(present);
  }
}

globalThis.Date = VirtualDate as unknown as DateConstructor;
Math.random = () => (present === undefined ? real.random() : present.randomness.fraction());

/** Timers of a world are called by its clock. */
class VirtualTimer {
  readonly cancel: () => void;

  constructor(ports: Ports, milliseconds: number, run: () => void) {
    this.cancel = ports.scheduler.after(milliseconds, run);
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  [Symbol.toPrimitive](): number {
    return 0;
  }
}

globalThis.setTimeout = ((run: (...parts: unknown[]) => void, milliseconds = 0, ...parts: unknown[]) =>
  present === undefined
    ? real.setTimeout(run, milliseconds, ...parts)
    : new VirtualTimer(present, milliseconds, () => run(...parts))) as typeof setTimeout;
globalThis.clearTimeout = ((timer: unknown) =>
  timer instanceof VirtualTimer ? timer.cancel() : real.clearTimeout(timer as NodeJS.Timeout)) as typeof clearTimeout;

function bytes(ports: Ports, size: number): Buffer {
  return Buffer.from(Array.from({ length: size }, () => Math.floor(ports.randomness.fraction() * 256)));
}

Object.assign(crypto, {
  randomUUID: (...parts: []) => (present === undefined ? real.randomUUID(...parts) : present.randomness.uuid()),
  randomBytes: (size: number) => (present === undefined ? real.randomBytes(size) : bytes(present, size)),
});
Object.assign(timers, {
  setTimeout: (milliseconds = 0, value?: unknown, ...parts: []) => {
    const world = present;
    if (world === undefined) return real.sleep(milliseconds, value, ...parts);
    return new Promise((resolve) => void world.scheduler.after(milliseconds, () => resolve(value)));
  },
});
syncBuiltinESMExports();

/** Long enough for a file or two. */
export const realPause = (): Promise<void> => new Promise((resolve) => void real.setTimeout(resolve, 3));
