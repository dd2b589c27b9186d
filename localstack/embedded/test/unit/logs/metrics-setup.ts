import { beforeEach } from '@jest/globals';
import { createLogs } from '#embedded/logs/index.ts';
import { createMetricsApi } from '#embedded/logs/metrics-api.ts';
import { type AwsService, OUTSIDE } from '#embedded/types.ts';

let api: AwsService;
export const call = (operation: string, input: object = {}) => api.call(operation, { ...input }, OUTSIDE);

/** A line in the embedded metric format. */
function measured(timestamp: number, values: number[], dimensions: Record<string, string> = {}, Unit = 'Count') {
  const CloudWatchMetrics = [
    { Namespace: 'Parcels', Dimensions: [Object.keys(dimensions)], Metrics: [{ Name: 'Weight', Unit }] },
  ];
  const _aws = { Timestamp: timestamp, CloudWatchMetrics };
  return { timestamp, message: JSON.stringify({ _aws, Weight: values, ...dimensions }) };
}

beforeEach(() => {
  const logs = createLogs();
  api = createMetricsApi({ logs, authorize: () => {} });
  logs.write('/aws/lambda/weigh', 's', [
    measured(60_500, [1, 3]),
    measured(119_999, [8]),
    measured(120_000, [100]),
    measured(61_000, [40], { depot: 'north' }),
    measured(61_000, [2], { depot: 'south' }),
    measured(61_000, [3], { depot: 'south' }, 'Bytes'),
  ]);
});

export const range = { StartTime: 60, EndTime: 180 };
export const query = (Stat: string, more: object = {}) => ({
  ...range,
  ...more,
  MetricDataQueries: [
    { Id: 'w', MetricStat: { Metric: { Namespace: 'Parcels', MetricName: 'Weight' }, Period: 60, Stat } },
  ],
});

/** Without a Unit. */
export function inTwoUnits() {
  const Metric = { Namespace: 'Parcels', MetricName: 'Weight', Dimensions: [{ Name: 'depot', Value: 'south' }] };
  return { Id: 'a', MetricStat: { Metric, Period: 60, Stat: 'Sum' } };
}

export function statOf(Namespace: string, Stat: string) {
  return { Id: 'a', MetricStat: { Metric: { Namespace, MetricName: 'Weight' }, Period: 60, Stat } };
}
