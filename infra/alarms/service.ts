import { type BookingMetric, metricsNamespaceOf, metricsService } from '#schema/metrics.ts';
import type { SagaFunction } from '../constructs/saga-function.ts';
import type { AlarmDefinition, Watched } from './definition.ts';

const silentPeriods = 3;
/** Flights that depart within this time would leave with seats that cannot be sold. */
const auditTooOldSeconds = 24 * 60 * 60;

/** What the service itself counts, answers and throws. */
export function serviceAlarms(watched: Watched): AlarmDefinition[] {
  return [...ownAlarms(watched), ...apiAlarms(watched), ...functionAlarms(watched)];
}

function ownAlarms({ config }: Watched): AlarmDefinition[] {
  const own = (metric: BookingMetric) => ({
    namespace: metricsNamespaceOf(config.stage),
    metric,
    dimensions: { service: metricsService },
  });
  return [
    {
      ...own('FailedCancellation'),
      name: 'failed-cancellations',
      page: 'failed-fences',
      description:
        'A booking could not be fenced or closed: see the logs of cancel-booking and close-booking. ' +
        'A layer that could not be undone has a dead letter, with an alarm of its own',
    },
    {
      ...own('StuckBookings'),
      name: 'stuck-bookings',
      page: 'stuck-bookings',
      description: 'The reconciler found bookings that no execution was finishing, and redrove them',
    },
    {
      ...own('ReconcilerRuns'),
      name: 'silent-reconciler',
      page: 'silent-reconciler',
      ringsWhenSilent: true,
      periodSeconds: silentPeriods * 60 * config.reconcile.everyMinutes,
      description: 'The reconciler did not run three times in a row: see its rule, its permission and its log',
    },
    {
      ...own('SeatAuditAgeSeconds'),
      name: 'old-seat-audit',
      page: 'old-seat-audit',
      statistic: 'Maximum',
      threshold: auditTooOldSeconds,
      description: 'The audit of seat holds has not come to its end for a day: see its log',
    },
  ];
}

function apiAlarms({ api }: Watched): AlarmDefinition[] {
  if (!api) return [];
  return [
    {
      name: 'failed-requests',
      page: 'failed-requests',
      namespace: 'AWS/ApiGateway',
      metric: '5xx',
      dimensions: { ApiId: api.id },
      // Handlers turn every exception into an answer, so the functions' own errors stay 0.
      description: "The HTTP API answers 5xx: see its access log, and by integrationRequestId the function's log",
    },
  ];
}

function functionAlarms({ functions }: Watched): AlarmDefinition[] {
  const ofFunction = ({ functionName }: SagaFunction) => ({
    namespace: 'AWS/Lambda',
    dimensions: { FunctionName: functionName },
  });
  return [
    ...functions.map((each) => ({
      ...ofFunction(each),
      name: `throttled-${each.definition.name}`,
      metric: 'Throttles',
      page: 'throttled-function' as const,
      description: `Lambda throttles ${each.definition.name}: raise the account's concurrency`,
    })),
    // A failing step is undone. A failing safety net shows nowhere else.
    ...functions
      .filter(({ definition }) => definition.role === 'background')
      .map((each) => ({
        ...ofFunction(each),
        name: `failed-${each.definition.name}`,
        metric: 'Errors',
        page: 'failed-background-function' as const,
        description: `${each.definition.name} fails, and no client sees it: see its log`,
      })),
  ];
}
