/** CloudWatch's reads over the metrics that functions write in the embedded metric format. */
import { page } from '../page.ts';
import { createService, guarded } from '../service.ts';
import { each, type Shape } from '../shape.ts';
import { type Authorize, AwsError, type AwsService } from '../types.ts';
import type { Logs, Metric } from './index.ts';
import { statisticOf } from './statistics.ts';

type Json = Readonly<Record<string, unknown>>;

interface Dimension {
  readonly Name: string;
  readonly Value?: string;
}

interface Series {
  readonly times: readonly Date[];
  readonly values: readonly number[];
}

const listing = { token: 'NextToken', most: 500, code: 'InvalidParameterValue' };

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Operations.html */
export function createMetricsApi({ logs, authorize }: { readonly logs: Logs; authorize: Authorize }): AwsService {
  /** AWS takes the dimensions of a metric as a part of its name: those of a query are all that it has. */
  function found(of: Json, dimensions: readonly Dimension[]): Metric[] {
    const namespace = String(of.Namespace);
    if (namespace.startsWith('AWS/')) {
      const advice = 'those that functions write in the embedded metric format are';
      throw invalid(`The local cloud keeps no metrics of ${namespace}; ${advice}.`);
    }
    const wanted = Object.fromEntries(dimensions.map(({ Name, Value = '' }) => [Name, Value]));
    const all = logs.metrics({ namespace, name: String(of.MetricName), dimensions: wanted });
    const isOf = ({ unit }: Metric) => of.Unit === undefined || of.Unit === unit;
    return all.filter((metric) => isOf(metric) && Object.keys(metric.dimensions).length === dimensions.length);
  }

  function listMetrics(input: Json) {
    const { Namespace, MetricName, Dimensions } = input;
    const since = recently(input.RecentlyActive);
    const filters = (Dimensions ?? []) as readonly Dimension[];
    const known = new Map<string, object>();
    for (const { namespace, name, dimensions } of logs.metrics(since)) {
      if (Namespace !== undefined && namespace !== Namespace) continue;
      if (MetricName !== undefined && name !== MetricName) continue;
      const fits = ({ Name, Value }: Dimension) =>
        Object.hasOwn(dimensions, Name) && (Value === undefined || dimensions[Name] === Value);
      if (!filters.every(fits)) continue;
      const Own = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
      known.set(JSON.stringify([namespace, name, dimensions]), {
        Namespace: namespace,
        MetricName: name,
        Dimensions: Own,
      });
    }
    const { items, next } = page([...known.values()], input, listing);
    return { Metrics: items, ...(next && { NextToken: next }) };
  }

  function getMetricData(input: Json) {
    const queries = (input.MetricDataQueries ?? []) as readonly Json[];
    checkIds(queries);
    const order = String(input.ScanBy ?? 'TimestampDescending');
    if (!/^Timestamp(A|De)scending$/.test(order)) throw invalid(`ScanBy must be one of two orders, not ${order}.`);
    const results = queries
      .filter(({ ReturnData }) => ReturnData !== false)
      .map(({ Id, Label, MetricStat, Expression, AccountId }) => {
        if (MetricStat === undefined) throw invalid(`Expression ${Expression}: the local cloud knows MetricStat only.`);
        if (AccountId !== undefined) throw invalid('The local cloud has one account: AccountId is not served.');
        const { Metric: of, Period, Stat, Unit } = MetricStat as Json;
        if (of === undefined) throw invalid(`MetricStat of ${Id} must name a Metric.`);
        const metrics = found({ ...(of as Json), Unit }, dimensionsOf(of as Json));
        const { times, values } = seriesOf(metrics, input, Number(Period), String(Stat));
        const ascending = order === 'TimestampAscending';
        return {
          Id,
          Label: Label ?? (of as Json).MetricName,
          Timestamps: ascending ? times : times.toReversed(),
          Values: ascending ? values : values.toReversed(),
          StatusCode: 'Complete',
        };
      });
    return { MetricDataResults: results, Messages: [] };
  }

  function getMetricStatistics(input: Json) {
    const metrics = found(input, dimensionsOf(input));
    const asked = [...((input.Statistics ?? []) as string[]), ...((input.ExtendedStatistics ?? []) as string[])];
    if (asked.length === 0) {
      const message = 'At least one of the parameters Statistics and ExtendedStatistics must be specified.';
      throw new AwsError('InvalidParameterCombination', message);
    }
    const period = Number(input.Period);
    const series = asked.map((stat) => seriesOf(metrics, input, period, stat));
    const unit = metrics[0]?.unit ?? 'None';
    const points = (series[0]?.times ?? []).map((Timestamp, at) => {
      const values = asked.map((stat, index) => [stat, series[index]?.values[at]] as const);
      const plain = values.filter(([stat]) => !/^p\d/.test(stat));
      const extended = values.filter(([stat]) => /^p\d/.test(stat));
      return {
        Timestamp,
        ...Object.fromEntries(plain),
        ...(extended.length > 0 && { ExtendedStatistics: Object.fromEntries(extended) }),
        Unit: unit,
      };
    });
    return { Label: input.MetricName, Datapoints: points };
  }

  const asked = guarded('cloudwatch', authorize);

  const operations = {
    ListMetrics: asked('ListMetrics', '*', listMetrics),
    GetMetricData: asked('GetMetricData', '*', getMetricData),
    GetMetricStatistics: asked('GetMetricStatistics', '*', getMetricStatistics),
  };
  return createService('CloudWatch', operations, unserved, members);
}

const unserved = {
  GetMetricData: ['LabelOptions', 'MaxDatapoints', 'NextToken'],
  ListMetrics: ['IncludeLinkedAccounts', 'OwningAccount'],
};

/** Periods of less than a minute, in seconds. */
const short = [1, 5, 10, 20, 30];

const threeHoursMs = 3 * 3_600_000;

function recently(word: unknown): { since?: number } {
  if (word === undefined) return {};
  if (word === 'PT3H') return { since: Date.now() - threeHoursMs };
  throw invalid(`RecentlyActive is PT3H or absent, not ${word}.`);
}

function checkIds(queries: readonly Json[]): void {
  const ids = queries.map(({ Id }) => String(Id ?? ''));
  const wrong = ids.find((id) => !/^[a-z]\w{0,254}$/.test(id));
  if (wrong !== undefined) {
    throw new AwsError('ValidationError', `The value ${wrong} for parameter Id is not matching the expected pattern.`);
  }
  if (new Set(ids).size < ids.length) {
    throw new AwsError('ValidationError', 'The values for parameter id in MetricDataQueries are not unique.');
  }
}

const Dimensions: Shape = [{ Name: 'text', Value: 'text' }];

const named = { ...each('text', 'MetricName', 'Namespace'), Dimensions };

const members: Shape = {
  ...named,
  ...each('text', 'NextToken', 'RecentlyActive', 'ScanBy', 'Unit'),
  ...each('plain', 'EndTime', 'Period', 'StartTime'),
  MetricDataQueries: [
    {
      ...each('text', 'AccountId', 'Expression', 'Id', 'Label'),
      MetricStat: { Metric: named, Period: 'plain', ...each('text', 'Stat', 'Unit') },
      ReturnData: 'boolean',
    },
  ],
  Statistics: ['text'],
  ExtendedStatistics: ['text'],
};

const dimensionsOf = ({ Dimensions }: Json) => (Dimensions ?? []) as readonly Dimension[];

/** One value a period that has any, oldest first. Periods begin at multiples of their length, as on AWS. */
function seriesOf(metrics: readonly Metric[], range: Json, periodSeconds: number, stat: string): Series {
  if (!short.includes(periodSeconds) && !(periodSeconds > 0 && periodSeconds % 60 === 0)) {
    throw invalid(`Period must be ${short.join(', ')} or a multiple of 60, not ${periodSeconds}.`);
  }
  const [from, to] = [timeOf(range.StartTime, 'StartTime'), timeOf(range.EndTime, 'EndTime')];
  const compute = statisticOf(stat);
  if (compute === undefined) throw invalid(`The statistic ${stat} is not known to the local cloud.`);
  const length = periodSeconds * 1000;
  const periods = new Map<number, number[]>();
  for (const { timestamp, value } of metrics) {
    const start = Math.floor(timestamp / length) * length;
    if (start < Math.floor(from / length) * length || timestamp >= to) continue;
    periods.set(start, [...(periods.get(start) ?? []), value]);
  }
  const ordered = [...periods].sort(([one], [other]) => one - other);
  return { times: ordered.map(([start]) => new Date(start)), values: ordered.map(([, values]) => compute(values)) };
}

/** Seconds since 1970 in AWS JSON. */
function timeOf(value: unknown, member: string): number {
  const time = typeof value === 'number' ? value * 1000 : Date.parse(String(value));
  if (Number.isNaN(time)) throw invalid(`${member} must be a time.`);
  return time;
}

const invalid = (message: string) => new AwsError('InvalidParameterValue', message);
