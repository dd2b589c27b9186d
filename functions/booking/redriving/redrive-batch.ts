import type { SQSBatchItemFailure, SQSRecord } from 'aws-lambda';
import { handleBatch, type MessageFailed } from '#functions/shared/aws/sqs-batch.ts';
import { isThrottled } from '#functions/shared/aws/throttling.ts';
import { maxDelaySeconds } from './redrive.ts';
import { handleRedriveMessage, parseRedriveMessage, type RedriveDependencies } from './redrive-message.ts';
import type { RedriveQueues } from './redrive-queue.ts';

export interface RedriveBatchDependencies extends RedriveDependencies {
  readonly queues: RedriveQueues;
  readonly done: (what: string) => void;
  readonly failed: MessageFailed;
  readonly random: () => number;
}

/**
 * Side by side, so that one message that waits for AWS does not use up the others' time.
 * @returns the messages that have to come again
 */
export function redriveBatch(
  records: readonly SQSRecord[],
  { failed, ...deps }: RedriveBatchDependencies,
): Promise<SQSBatchItemFailure[]> {
  const redrive = async ({ body }: SQSRecord): Promise<void> => deps.done(await handledOrPutBack(body, deps));
  return handleBatch(records, redrive, failed);
}

/**
 * Throttling is no fault of the message, and its receive count must not run out meanwhile. So it is sent again as a new
 * message, with a random delay, since other messages were throttled at the same moment.
 */
async function handledOrPutBack(body: string, deps: Omit<RedriveBatchDependencies, 'failed'>): Promise<string> {
  const { queues, baseDelaySeconds, random } = deps;
  try {
    return await handleRedriveMessage(parseRedriveMessage(body), deps);
  } catch (error) {
    if (!isThrottled(error)) throw error;
    const delaySeconds = Math.min(Math.ceil(baseDelaySeconds * (1 + random())), maxDelaySeconds);
    await queues.putBack(body, delaySeconds);
    return `put back for ${delaySeconds} s: ${(error as Error).name}`;
  }
}
