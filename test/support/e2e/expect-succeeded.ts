import type { DescribeExecutionCommandOutput } from '@aws-sdk/client-sfn';
import { ended, headerOf } from './saga.ts';
import type { Target } from './target.ts';

/** Waits for the end of an execution that has to succeed. Where it fails, the error says why its booking was undone. */
export async function expectSucceeded(target: Target, executionArn: string): Promise<DescribeExecutionCommandOutput> {
  const execution = await ended(target, executionArn);
  const { status, error, name, input } = execution;
  if (status === 'SUCCEEDED') return execution;
  const { trip_id } = JSON.parse(input ?? '{}') as { trip_id?: string };
  const header = trip_id === undefined ? undefined : await headerOf(target, trip_id);
  const reason = header?.failureReason ?? 'its header gives no reason';
  throw new Error(`Execution ${name} is ${status} (${error}): ${reason}`);
}
