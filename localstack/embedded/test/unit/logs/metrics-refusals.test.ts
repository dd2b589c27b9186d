import { describe, expect, it } from '@jest/globals';
import { call, query, range, statOf } from './metrics-setup.ts';

describe('what CloudWatch refuses', () => {
  const statistics = { ...range, Namespace: 'Parcels', MetricName: 'Weight', Period: 60, Statistics: ['Sum'] };
  const { Statistics: _, ...extended } = statistics;
  const inUnit = (Unit: string) => ({ Id: 'a', MetricStat: { ...statOf('Parcels', 'Sum').MetricStat, Unit } });
  const many = Array.from({ length: 501 }, (_one, at) => ({ ...statOf('Parcels', 'Sum'), Id: `a${at}` }));
  const twice = [statOf('Parcels', 'Sum'), statOf('Parcels', 'Sum')];

  it.each<[string, object, string]>([
    ['ListMetrics', { RecentlyActive: 'PT1H' }, 'InvalidParameterValue'],
    ['ListMetrics', { OwningAccount: '1' }, 'ValidationException'],
    ['GetMetricStatistics', { ...statistics, Period: 7 }, 'InvalidParameterValue'],
    ['GetMetricStatistics', { ...statistics, Period: 90 }, 'InvalidParameterValue'],
    ['GetMetricStatistics', { ...statistics, Period: 'x' }, 'InvalidParameterValue'],
    ['GetMetricStatistics', { ...statistics, Statistics: [] }, 'InvalidParameterCombination'],
    ['GetMetricStatistics', { ...statistics, ExtendedStatistics: ['p50'] }, 'InvalidParameterCombination'],
    ['GetMetricStatistics', { ...statistics, Statistics: ['p50'] }, 'InvalidParameterValue'],
    ['GetMetricStatistics', { ...extended, ExtendedStatistics: ['Sum'] }, 'InvalidParameterValue'],
    ['GetMetricStatistics', { ...statistics, StartTime: 180 }, 'InvalidParameterValue'],
    ['GetMetricStatistics', { ...statistics, StartTime: 181 }, 'InvalidParameterValue'],
    ['GetMetricStatistics', { ...statistics, EndTime: 60 + 1_440 * 60 + 1 }, 'InvalidParameterCombination'],
    ['GetMetricStatistics', { ...statistics, Unit: 'Foo' }, 'InvalidParameterValue'],
    ['GetMetricStatistics', { ...statistics, MetricName: 'Height', Period: 7 }, 'InvalidParameterValue'],
    ['GetMetricData', query('Sum', { StartTime: 180 }), 'ValidationError'],
    ['GetMetricData', query('Sum', { StartTime: 181 }), 'ValidationError'],
    ['GetMetricData', { ...range, MetricDataQueries: many }, 'ValidationError'],
    ['GetMetricData', { ...range, MetricDataQueries: [] }, 'ValidationError'],
    ['GetMetricData', { ...range, MetricDataQueries: [{ Id: 'a' }] }, 'ValidationError'],
    ['GetMetricData', { ...range, MetricDataQueries: [inUnit('Foo')] }, 'ValidationError'],
    ['GetMetricData', { ...range, MetricDataQueries: twice }, 'ValidationError'],
    ['GetMetricData', { ...range, MetricDataQueries: [{ ...twice[0], Id: 'A' }] }, 'ValidationError'],
    ['GetMetricData', { ...range, MetricDataQueries: [{ ...twice[0], AccountId: '1' }] }, 'InvalidParameterValue'],
    ['GetMetricData', query('Sum', { ScanBy: 'x' }), 'InvalidParameterValue'],
    ['GetMetricData', query('Sum', { MaxDatapoints: 1 }), 'ValidationException'],
  ])('%s %j', async (operation, input, code) => {
    await expect(call(operation, input)).rejects.toMatchObject({ name: 'AwsError', code });
  });

  it('is not what is in order, in another unit or of another time', async () => {
    const { Datapoints: none } = await call('GetMetricStatistics', { ...statistics, Unit: 'Bytes' });
    const { Datapoints: some } = await call('GetMetricStatistics', { ...statistics, Unit: 'Count', Period: '30' });

    expect([none, some]).toEqual([[], expect.arrayContaining([expect.objectContaining({ Sum: 8 })])]);
    expect(await call('ListMetrics', { RecentlyActive: 'PT3H' })).toEqual({ Metrics: [] });
  });
});
