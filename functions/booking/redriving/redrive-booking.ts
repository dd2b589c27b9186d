import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { sfnExecutionReader } from '#functions/booking/reading/execution-reader.ts';
import { notifyBooking } from '#functions/notification/booking-notification.ts';
import { notificationDependencies } from '#functions/notification/notification-dependencies.ts';
import { requiredWholeNumber } from '#functions/shared/aws/config.ts';
import { observed } from '#functions/shared/aws/lambda-middleware.ts';
import { logger } from '#functions/shared/aws/observability.ts';
import { sfnSagaStarter, stepFunctionsClient } from '#functions/shared/saga/sfn-saga-starter.ts';
import { maxDelaySeconds } from './redrive.ts';
import { type RedriveBatchDependencies, redriveBatch } from './redrive-batch.ts';
import { sqsRedriveQueues } from './redrive-queue.ts';

const client = stepFunctionsClient();
const notification = notificationDependencies();
const dependencies: RedriveBatchDependencies = {
  saga: sfnSagaStarter(client),
  executions: sfnExecutionReader(client),
  queues: sqsRedriveQueues(),
  baseDelaySeconds: requiredWholeNumber('REDRIVE_DELAY_SECONDS', { min: 0, max: maxDelaySeconds }),
  standing: notification.bookings.standing,
  notify: (status, input) => notifyBooking(status, input, notification),
  done: (what) => logger.info(what),
  failed: (messageId, error) => logger.error('Redrive failed', { error, messageId }),
  random: Math.random,
};

/** Takes a batch of the redrive queue; a message that fails goes back alone and, after some tries, to the dead letters. */
export const handler = observed<SQSEvent, SQSBatchResponse>().handler(async ({ Records }: SQSEvent) => ({
  batchItemFailures: await redriveBatch(Records, dependencies),
}));
