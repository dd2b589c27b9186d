import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { notifyBooking } from '#functions/notification/booking-notification.ts';
import { notificationDependencies } from '#functions/notification/notification-dependencies.ts';
import { requiredText, requiredWholeNumber } from '#functions/shared/config.ts';
import { logContext, metricsOfInvocation } from '#functions/shared/lambda-middleware.ts';
import { logger } from '#functions/shared/observability.ts';
import { sfnSagaStarter, stepFunctionsClient } from '#functions/shared/sfn-saga-starter.ts';
import { parseStepInput } from '#functions/shared/validation.ts';
import { CompensationInput } from '#schema/saga-input.ts';
import { executionArnOf, sfnExecutionReader } from './execution-reader.ts';
import { handleRedriveMessage, type RedriveDependencies } from './redrive-message.ts';
import { sqsRedriveQueues } from './redrive-queue.ts';

const client = stepFunctionsClient();
const stateMachineArn = requiredText('STATE_MACHINE_ARN');
const notification = notificationDependencies();
const dependencies: RedriveDependencies = {
  saga: sfnSagaStarter(client),
  executions: sfnExecutionReader(client),
  executionArnOf: (name) => executionArnOf(stateMachineArn, name),
  queues: sqsRedriveQueues(),
  baseDelaySeconds: requiredWholeNumber('REDRIVE_DELAY_SECONDS', { min: 0, max: 900 }),
  notify: async (status, input) => {
    await notifyBooking(status, parseStepInput(CompensationInput, input), notification);
  },
};

/** Takes a batch of the redrive queue; a message that fails goes back alone and, after some tries, to the dead letters. */
export const handler = middy<SQSEvent, SQSBatchResponse>()
  .use(logContext())
  .use(metricsOfInvocation())
  .handler(async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const { messageId, body } of Records) {
      try {
        logger.info(await handleRedriveMessage(JSON.parse(body), dependencies));
      } catch (error) {
        logger.error('Redrive failed', error as Error);
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures };
  });
