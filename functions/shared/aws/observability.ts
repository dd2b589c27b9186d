import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { BookingMetric } from '#schema/metrics.ts';

/** Follows a path of names, `requestContext.requestId`: all that correlation needs of JMESPath, which weighs 7 kB. */
const followPath = (path: string, event: unknown): unknown =>
  path.split('.').reduce((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], event);

/** Service name, namespace and level come from the stack's POWERTOOLS_* and LOG_LEVEL variables. */
export const logger = new Logger({ correlationIdSearchFn: followPath });
/** Without warnings: each invocation that counts nothing would log one, and most count nothing. */
export const metrics = new Metrics({ logger: { ...console, warn: () => undefined } });

export type { BookingMetric };

export function count(metric: BookingMetric, value = 1): void {
  metrics.addMetric(metric, metric.endsWith('Seconds') ? MetricUnit.Seconds : MetricUnit.Count, value);
}

/** Sends these metrics now: those of an invocation that is stopped later are lost. */
export function report(values: Partial<Record<BookingMetric, number>>): void {
  for (const [metric, value] of Object.entries(values)) count(metric as BookingMetric, value);
  metrics.publishStoredMetrics();
}

/** Emit separately: an extra dimension would be added to every metric of this invocation. */
export function countInvalidRequest(operation: string): void {
  const single = metrics.singleMetric();
  single.addDimension('operation', operation);
  single.addMetric('InvalidBookingRequest', MetricUnit.Count, 1);
}
