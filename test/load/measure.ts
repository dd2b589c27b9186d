import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeExecutionCommand, ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { aTripId, startDemo } from '#test/support/e2e/saga.ts';
import type { Target } from '#test/support/e2e/target.ts';

export const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.floor(q * (sorted.length - 1))] ?? 0;

/** One run after the other; milliseconds from the machine's start to its end, as Step Functions tells them, sorted. */
export async function sequentialLatency(target: Target, runType: string, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let booking = 0; booking < count; booking++) {
    const { executionArn } = await startDemo(target, { runType, tripID: aTripId() });
    for (;;) {
      await sleep(10);
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

async function running(target: Target): Promise<number> {
  const { stateMachineArn } = target;
  const { executions = [] } = await target.stepFunctions.send(
    new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING', maxResults: 1000 }),
  );
  return executions.length;
}

/** Bookings a second with so many always under way. */
export async function throughput(target: Target, count: number, concurrency: number): Promise<number> {
  const started = performance.now();
  let left = count;
  for (;;) {
    const free = concurrency - (await running(target));
    if (left === 0 && free === concurrency) return count / ((performance.now() - started) / 1000);
    const starting = Math.min(left, free);
    left -= starting;
    await Promise.all(Array.from({ length: starting }, () => startDemo(target, { tripID: aTripId() })));
    // Asking costs the target time that it could book in.
    await sleep(50);
  }
}
