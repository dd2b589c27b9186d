import { describe, expect, it } from '@jest/globals';
import { call, inTwoUnits, query, range, statOf } from './metrics-setup.ts';

describe('ListMetrics', () => {
  it('tells each name with each set of dimensions once', async () => {
    expect(await call('ListMetrics')).toEqual({
      Metrics: [
        { Namespace: 'Parcels', MetricName: 'Weight', Dimensions: [] },
        { Namespace: 'Parcels', MetricName: 'Weight', Dimensions: [{ Name: 'depot', Value: 'north' }] },
        { Namespace: 'Parcels', MetricName: 'Weight', Dimensions: [{ Name: 'depot', Value: 'south' }] },
      ],
    });
  });

  it.each<[object, number]>([
    [{ Namespace: 'Other' }, 0],
    [{ MetricName: 'Weight' }, 3],
    [{ MetricName: 'Height' }, 0],
    [{ Dimensions: [{ Name: 'depot' }] }, 2],
    [{ Dimensions: [{ Name: 'depot', Value: 'west' }] }, 0],
  ])('takes %j', async (filter, count) => {
    expect((await call('ListMetrics', filter)).Metrics).toHaveLength(count);
  });
});

describe('GetMetricData', () => {
  it.each([
    ['Sum', [100, 12]],
    ['Average', [100, 4]],
    ['Minimum', [100, 1]],
    ['Maximum', [100, 8]],
    ['SampleCount', [1, 3]],
    ['p50', [100, 3]],
    ['p99.9', [100, 8]],
  ])('gives the %s of each period, newest first, of the metric without dimensions alone', async (stat, Values) => {
    expect(await call('GetMetricData', query(stat))).toEqual({
      MetricDataResults: [
        { Id: 'w', Label: 'Weight', Timestamps: [new Date(120_000), new Date(60_000)], Values, StatusCode: 'Complete' },
      ],
      Messages: [],
    });
  });

  it('keeps to the times, whose end is not in the range, and to the order asked for', async () => {
    expect(await call('GetMetricData', query('Sum', { EndTime: 120 }))).toMatchObject({
      MetricDataResults: [{ Values: [12] }],
    });
    expect(await call('GetMetricData', query('Sum', { ScanBy: 'TimestampAscending' }))).toMatchObject({
      MetricDataResults: [{ Values: [12, 100] }],
    });
  });

  it('answers for the queries whose data are asked for, of which one is enough', async () => {
    const [one] = query('Sum').MetricDataQueries;
    const asked = {
      ...range,
      MetricDataQueries: [
        { ...one, ReturnData: false },
        { ...one, Id: 'x' },
      ],
    };

    expect((await call('GetMetricData', asked)).MetricDataResults).toMatchObject([{ Id: 'x' }]);
  });

  it('gives the values of the unit asked for, where a metric has some in others', async () => {
    const { MetricStat } = inTwoUnits();
    const asked = { ...range, MetricDataQueries: [{ Id: 'a', MetricStat: { ...MetricStat, Unit: 'Bytes' } }] };

    expect((await call('GetMetricData', asked)).MetricDataResults).toMatchObject([{ Values: [3] }]);
  });

  it.each<[string, object]>([
    ['The local cloud keeps no metrics of AWS/Lambda', { ...range, MetricDataQueries: [statOf('AWS/Lambda', 'Sum')] }],
    ['The statistic TM(10%:90%) is not known', { ...range, MetricDataQueries: [statOf('Parcels', 'TM(10%:90%)')] }],
    ['Expression w*2', { ...range, MetricDataQueries: [{ Id: 'e', Expression: 'w*2' }] }],
    [
      'Expression w*2',
      { ...range, MetricDataQueries: [statOf('Parcels', 'Sum'), { Id: 'e', Expression: 'w*2', ReturnData: false }] },
    ],
    ['Expression w*2', { ...range, MetricDataQueries: [{ ...statOf('Parcels', 'Sum'), Expression: 'w*2' }] }],
    ['Weight has values in Count, Bytes', { ...range, MetricDataQueries: [inTwoUnits()] }],
    ['StartTime must be a time', query('Sum', { StartTime: 'soon' })],
  ])('says %s', async (message, input) => {
    await expect(call('GetMetricData', input)).rejects.toMatchObject({
      code: 'InvalidParameterValue',
      message: expect.stringContaining(message),
    });
  });
});

describe('GetMetricStatistics', () => {
  const input = { ...range, Namespace: 'Parcels', MetricName: 'Weight', Period: 60 };

  it.each([
    [{ Statistics: ['Sum', 'Maximum'] }, { Sum: 12, Maximum: 8 }, { Sum: 100, Maximum: 100 }],
    [{ ExtendedStatistics: ['p50'] }, { ExtendedStatistics: { p50: 3 } }, { ExtendedStatistics: { p50: 100 } }],
  ])('gives all of %j of each period', async (asked, first, second) => {
    expect(await call('GetMetricStatistics', { ...input, ...asked })).toEqual({
      Label: 'Weight',
      Datapoints: [
        { Timestamp: new Date(60_000), ...first, Unit: 'Count' },
        { Timestamp: new Date(120_000), ...second, Unit: 'Count' },
      ],
    });
  });

  it('gives a datapoint for each unit of a metric', async () => {
    const { Metric } = inTwoUnits().MetricStat;

    expect((await call('GetMetricStatistics', { ...input, ...Metric, Statistics: ['Sum'] })).Datapoints).toEqual([
      { Timestamp: new Date(60_000), Sum: 2, Unit: 'Count' },
      { Timestamp: new Date(60_000), Sum: 3, Unit: 'Bytes' },
    ]);
  });

  it.each(['Microseconds', 'Bits', 'Terabytes/Second', 'Count/Second', 'Percent', 'None'])(
    'takes the unit %s',
    async (Unit) => {
      await expect(call('GetMetricStatistics', { ...input, Statistics: ['Sum'], Unit })).resolves.toBeDefined();
    },
  );

  it('takes as many datapoints as AWS gives', async () => {
    const most = { ...input, EndTime: 60 + 1_440 * 60, Statistics: ['Sum'] };

    expect((await call('GetMetricStatistics', most)).Datapoints).toHaveLength(2);
  });
});
