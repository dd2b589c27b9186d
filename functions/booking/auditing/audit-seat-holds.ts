import { observed } from '#functions/shared/aws/lambda-middleware.ts';
import { count, logger } from '#functions/shared/aws/observability.ts';
import { bookingTable } from '#functions/shared/aws/table.ts';
import { systemClock } from '#functions/shared/clock.ts';
import { dynamoDbSeatAuditStore } from './dynamodb-seat-audit-store.ts';
import { auditSeatHolds, type SeatAuditReport } from './seat-audit.ts';

const dependencies = {
  store: dynamoDbSeatAuditStore(bookingTable()),
  count,
  warn: (message: string) => logger.warn(message),
  now: systemClock,
};

/** Run by its own schedule. */
export const handler = observed<unknown, SeatAuditReport>().handler((_event, context) =>
  auditSeatHolds({ ...dependencies, msLeft: () => context.getRemainingTimeInMillis() }),
);
