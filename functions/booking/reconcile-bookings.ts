import middy from '@middy/core';
import { systemClock } from '#functions/shared/clock.ts';
import { requiredText, requiredWholeNumber } from '#functions/shared/config.ts';
import { logContext, metricsOfInvocation } from '#functions/shared/lambda-middleware.ts';
import { count, logger } from '#functions/shared/observability.ts';
import { sfnSagaStarter, stepFunctionsClient } from '#functions/shared/sfn-saga-starter.ts';
import { bookingTable } from '#functions/shared/table.ts';
import { dynamoDbReconcilerStore } from './dynamodb-reconciler-store.ts';
import { executionArnOf, sfnExecutionReader } from './execution-reader.ts';
import { type Reconciliation, reconcile } from './reconcile.ts';

const client = stepFunctionsClient();
const stateMachineArn = requiredText('STATE_MACHINE_ARN');
const dependencies = {
  store: dynamoDbReconcilerStore(bookingTable()),
  saga: sfnSagaStarter(client),
  executions: sfnExecutionReader(client),
  executionArnOf: (executionId: string) => executionArnOf(stateMachineArn, executionId),
  count,
  warn: (message: string) => logger.warn(message),
  now: systemClock,
  ageSeconds: requiredWholeNumber('RECONCILE_AGE_SECONDS', { min: 0, max: 7 * 24 * 3600 }),
};

/** Run by the schedule. */
export const handler = middy<unknown, Reconciliation>()
  .use(logContext())
  .use(metricsOfInvocation())
  .handler(() => reconcile(dependencies));
