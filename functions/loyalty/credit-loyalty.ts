import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { observed } from '#functions/shared/aws/lambda-middleware.ts';
import { count, logger } from '#functions/shared/aws/observability.ts';
import { bookingTable } from '#functions/shared/aws/table.ts';
import { dynamoDbLoyaltyBook } from './dynamodb-loyalty-book.ts';
import { creditBatch } from './loyalty-batch.ts';

const dependencies = {
  book: dynamoDbLoyaltyBook(bookingTable()),
  count,
  failed: (messageId: string, error: Error) => logger.error('Message failed', { error, messageId }),
};

/** Takes a batch of the loyalty queue; a message that fails goes back alone and, after some tries, to its dead letters. */
export const handler = observed<SQSEvent, SQSBatchResponse>().handler(
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => ({
    batchItemFailures: await creditBatch(Records, dependencies),
  }),
);
