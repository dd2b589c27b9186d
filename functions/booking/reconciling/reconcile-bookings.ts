import { bookingRunReader } from '#functions/booking/cancelling/booking-run-reader.ts';
import { requiredWholeNumber } from '#functions/shared/aws/config.ts';
import { observed } from '#functions/shared/aws/lambda-middleware.ts';
import { logger, report } from '#functions/shared/aws/observability.ts';
import { bookingTable } from '#functions/shared/aws/table.ts';
import { systemClock } from '#functions/shared/clock.ts';
import { sfnSagaStarter, stepFunctionsClient } from '#functions/shared/saga/sfn-saga-starter.ts';
import { dynamoDbReconcilerStore } from './dynamodb-reconciler-store.ts';
import { type Reconciliation, reconcile } from './reconcile.ts';

const table = bookingTable();
const dependencies = {
  store: dynamoDbReconcilerStore(table),
  inputOf: bookingRunReader(table).inputOf,
  saga: sfnSagaStarter(stepFunctionsClient()),
  report,
  warn: (message: string) => logger.warn(message),
  now: systemClock,
  ageSeconds: requiredWholeNumber('RECONCILE_AGE_SECONDS', { min: 0, max: 7 * 24 * 3600 }),
  random: Math.random,
};

/** Run by the schedule. */
export const handler = observed<unknown, Reconciliation>().handler((_event, context) =>
  reconcile({ ...dependencies, msLeft: () => context.getRemainingTimeInMillis() }),
);
