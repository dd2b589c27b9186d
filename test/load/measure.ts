import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeExecutionCommand, paginateListExecutions } from '@aws-sdk/client-sfn';
import { aTripId, startDemo } from '#test/support/e2e/saga.ts';
import type { Target } from '#test/support/e2e/target.ts';
import { demoSeats, restock } from './restock.ts';

export const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.floor(q * (sorted.length - 1))] ?? 0;

/** One run after the other; milliseconds from the machine's start to its end, as Step Functions tells them, sorted. */
export async function sequentialLatency(target: Target, runType: string, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let booking = 0; booking < count; booking++) {
    const { executionArn } = await startDemo(target, { runType, tripID: aTripId() });
    for (;;) {
      // Step Functions tells the times: asking seldom does not blur them, asking often would slow down what is measured.
      await sleep(50);
      const { status, startDate, stopDate } = await target.stepFunctions.send(
        new DescribeExecutionCommand({ executionArn }),
      );
      if (status === 'RUNNING') continue;
      const wanted = runType === 'success' ? 'SUCCEEDED' : 'FAILED';
      if (status !== wanted) throw new Error(`A run of type ${runType} ended ${status}`);
      times.push((stopDate?.getTime() ?? 0) - (startDate?.getTime() ?? 0));
      break;
    }
  }
  return times.sort((a, b) => a - b);
}

async function executions(target: Target, statusFilter: 'RUNNING' | 'FAILED'): Promise<number> {
  const { stateMachineArn, stepFunctions: client } = target;
  let count = 0;
  for await (const page of paginateListExecutions({ client, pageSize: 1000 }, { stateMachineArn, statusFilter })) {
    count += page.executions?.length ?? 0;
  }
  return count;
}

/**
 * Until then, or half of the seats, and until as many bookings as are under way have ended, nothing counts: functions start, and V8
 * optimizes their code while it runs. The first thousand bookings of the embedded cloud cost half as much again as later ones.
 */
const settlingMs = 30_000;
/** So long at least, and until as many bookings have ended as are under way, or ten. */
const measuredMs = 10_000;
/** Bookings started in all. */
const most = 1_950;
/** After so many the flight gets new seats: some are left, so that none is refused. */
const soldBeforeRestock = demoSeats / 2;

export interface Sustained {
  /** Bookings made a second. */
  readonly rate: number;
  /** Bookings that were undone instead, where the target is too slow for its time limits. */
  readonly failed: number;
  readonly processorMsABooking: number;
}

/**
 * With so many bookings always under way.
 * @param processorMs what the target has used so far
 */
export async function sustainedRate(
  target: Target,
  concurrency: number,
  processorMs: () => number = () => 0,
): Promise<Sustained> {
  await restock(target);
  const began = performance.now();
  const failed = () => executions(target, 'FAILED');
  let started = 0;
  let sold = 0;
  let from: { at: number; ended: number; failed: number; used: number } | undefined;
  let measured: Sustained | undefined;
  for (;;) {
    const at = performance.now();
    const running = await executions(target, 'RUNNING');
    const ended = started - running;
    // Asking costs the target time that it could book in.
    const pause = Math.min(100, Math.max(5, 10 * (performance.now() - at)));
    if (from === undefined) {
      const settled = at - began >= settlingMs || started >= most / 2;
      if (settled && ended >= concurrency) from = { at, ended, failed: await failed(), used: processorMs() };
    } else if (measured === undefined) {
      const enough = at - from.at >= measuredMs && ended - from.ended >= Math.max(10, concurrency);
      if (enough || started >= most) {
        const undone = (await failed()) - from.failed;
        const bookings = ended - from.ended;
        measured = {
          rate: (1000 * (bookings - undone)) / (at - from.at),
          failed: undone,
          processorMsABooking: (processorMs() - from.used) / bookings,
        };
      }
    }
    if (measured !== undefined && running === 0) return measured;
    const starting = measured === undefined ? Math.min(concurrency - running, most - started) : 0;
    if (starting === 0 && running === 0) throw new Error(`${most} bookings were over before they could be measured`);
    started += starting;
    sold += starting;
    if (sold >= soldBeforeRestock) {
      await restock(target);
      sold = 0;
    }
    await Promise.all(Array.from({ length: starting }, () => startDemo(target, { tripID: aTripId() })));
    await sleep(pause);
  }
}
