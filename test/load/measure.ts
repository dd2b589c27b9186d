import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeExecutionCommand, paginateListExecutions } from '@aws-sdk/client-sfn';
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

/** Bookings made a second with so many always under way, and how many of them were undone instead, for a target that is too slow for its time limits. */
export async function throughput(
  target: Target,
  count: number,
  concurrency: number,
): Promise<{ readonly rate: number; readonly failed: number }> {
  const failedBefore = await executions(target, 'FAILED');
  const started = performance.now();
  let left = count;
  for (;;) {
    const asked = performance.now();
    const free = concurrency - (await executions(target, 'RUNNING'));
    if (left === 0 && free === concurrency) break;
    // Asking costs the target time that it could book in.
    const pause = Math.min(100, Math.max(5, 10 * (performance.now() - asked)));
    const starting = Math.min(left, free);
    left -= starting;
    await Promise.all(Array.from({ length: starting }, () => startDemo(target, { tripID: aTripId() })));
    await sleep(pause);
  }
  const seconds = (performance.now() - started) / 1000;
  const failed = (await executions(target, 'FAILED')) - failedBefore;
  return { rate: (count - failed) / seconds, failed };
}
