import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import type { Target } from '#test/support/e2e/target.ts';
import type { Bookings } from './bookings.ts';

export const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.floor(q * (sorted.length - 1))] ?? 0;

export const median = (times: readonly number[]): number =>
  quantile(
    [...times].sort((a, b) => a - b),
    0.5,
  );

/** One run after the other; milliseconds from the machine's start to its end, as Step Functions tells them, sorted. */
export async function sequentialLatency(
  target: Target,
  bookings: Bookings,
  runType: string,
  count: number,
): Promise<number[]> {
  const times: number[] = [];
  while (times.length < count) {
    const { executionArn } = await bookings.book(runType);
    for (;;) {
      const { status, startDate, stopDate } = await target.stepFunctions.send(
        new DescribeExecutionCommand({ executionArn }),
      );
      if (status !== 'RUNNING') {
        const wanted = runType === 'success' ? 'SUCCEEDED' : 'FAILED';
        if (status !== wanted) throw new Error(`A run of type ${runType} ended ${status}`);
        times.push((stopDate?.getTime() ?? 0) - (startDate?.getTime() ?? 0));
        break;
      }
      // The message comes from the last function: the end is a state or two away.
      await sleep(10);
    }
  }
  return times.sort((a, b) => a - b);
}

/** How long bookings are made: until both the time and the number are reached. */
export interface Span {
  readonly ms: number;
  readonly bookings: number;
}

export interface Load {
  /** Bookings that are always under way. */
  readonly inFlight: number;
  /** Nothing counts before: functions start, and V8 optimizes their code while it runs. */
  readonly settling: Span;
  readonly measured: Span;
}

export interface Sustained {
  /** Bookings made a second. */
  readonly rate: number;
  /** Bookings that were undone instead, where the target is too slow for its time limits. */
  readonly undone: number;
  readonly processorMsABooking: number;
  /** Of this process, which shares the machine. */
  readonly clientMsABooking: number;
}

/** Keeps `inFlight` of them at work while something is measured. A failure of one is that of the measurement. */
export async function underLoad<Result>(
  inFlight: number,
  work: () => Promise<void>,
  measure: () => Promise<Result>,
): Promise<Result> {
  let going = true;
  async function lane(): Promise<void> {
    while (going) await work();
  }
  const lanes = Promise.all(Array.from({ length: inFlight }, lane));
  const failed = lanes.then(() => new Promise<never>(() => undefined));
  const result = await Promise.race([failed, measure()]);
  going = false;
  await lanes;
  return result;
}

/** @param processorMs what the target has used so far */
export async function sustainedRate(
  bookings: Bookings,
  { inFlight, settling, measured }: Load,
  processorMs: () => number,
): Promise<Sustained> {
  let ended = 0;
  let undone = 0;
  async function book(): Promise<void> {
    const { status } = await bookings.book();
    ended += 1;
    if (status !== 'CONFIRMED') undone += 1;
  }
  async function last({ ms, bookings: wanted }: Span): Promise<void> {
    const from = ended;
    await sleep(ms);
    while (ended - from < wanted) await sleep(20);
  }
  const look = () => ({ at: performance.now(), ended, undone, used: processorMs(), own: ownProcessorMs() });
  const [from, to] = await underLoad(inFlight, book, async () => {
    await last(settling);
    const start = look();
    await last(measured);
    return [start, look()];
  });
  const count = to.ended - from.ended;
  return {
    rate: (1000 * (count - (to.undone - from.undone))) / (to.at - from.at),
    undone: to.undone - from.undone,
    processorMsABooking: (to.used - from.used) / count,
    clientMsABooking: (to.own - from.own) / count,
  };
}

function ownProcessorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
