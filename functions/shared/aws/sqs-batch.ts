import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSBatchItemFailure, SQSRecord } from 'aws-lambda';

/** Is told of each message that failed, under the id that SQS and its dead letter have it. */
export type MessageFailed = (messageId: string, error: Error) => void;

/**
 * Handles the messages of a batch side by side, each by itself.
 * @returns the messages that have to come again: all of them, too, since Lambda counts an error of the function otherwise
 */
export async function handleBatch(
  records: readonly SQSRecord[],
  handle: (record: SQSRecord) => Promise<void>,
  failed: MessageFailed,
): Promise<SQSBatchItemFailure[]> {
  const handleOrTell = async (record: SQSRecord): Promise<void> => {
    try {
      await handle(record);
    } catch (error) {
      failed(record.messageId, error as Error);
      throw error;
    }
  };
  const { batchItemFailures } = await processPartialResponse(
    { Records: [...records] },
    handleOrTell,
    new BatchProcessor(EventType.SQS),
    { throwOnFullBatchFailure: false },
  );
  return batchItemFailures;
}
