/** CloudWatch's reads over the metrics that functions write in the embedded metric format. */
import { page } from '../page.ts';
import { createService, guarded } from '../service.ts';
import { each, type Shape } from '../shape.ts';
import type { Authorize, AwsService } from '../types.ts';
import type { Logs, Metric } from './index.ts';
import { checkedQueries, checkedStatistics, invalid, knownStatistic, periodOf, type Range } from './metric-requests.ts';
import { isPercentile } from './statistics.ts';

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
    const { queries, range } = checkedQueries(input);
    const order = String(input.ScanBy ?? 'TimestampDescending');
    if (!/^Timestamp(A|De)scending$/.test(order)) throw invalid(`ScanBy must be one of two orders, not ${order}.`);
    const results = queries.map(({ Id, Label, MetricStat }) => {
      const { Metric: of, Period, Stat, Unit } = MetricStat as Json;
      const metrics = found({ ...(of as Json), Unit }, dimensionsOf(of as Json));
      const units = [...byUnit(metrics).keys()];
      if (units.length > 1) {
        throw invalid(`${(of as Json).MetricName} has values in ${units.join(', ')}: name one as the Unit of ${Id}.`);
      }
      const { times, values } = seriesOf(metrics, range, Period, String(Stat));
      const ascending = order === 'TimestampAscending';
      return {
        Id,
        Label: Label ?? (of as Json).MetricName,
        Timestamps: ascending ? times : times.toReversed(),
        Values: ascending ? values : values.toReversed(),
        StatusCode: 'Complete',
      };
    });
    const shown = results.filter((_, at) => queries[at]?.ReturnData !== false);
    return { MetricDataResults: shown, Messages: [] };
  }

  function getMetricStatistics(input: Json) {
    const { asked, range } = checkedStatistics(input);
    const metrics = found(input, dimensionsOf(input));
    const isExtended = asked.some(isPercentile);
    const points = [...byUnit(metrics)].flatMap(([Unit, ofUnit]) => {
      const series = asked.map((stat) => seriesOf(ofUnit, range, input.Period, stat));
      return (series[0]?.times ?? []).map((Timestamp, at) => {
        const values = Object.fromEntries(asked.map((stat, index) => [stat, series[index]?.values[at]]));
        return { Timestamp, ...(isExtended ? { ExtendedStatistics: values } : values), Unit };
      });
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

const threeHoursMs = 3 * 3_600_000;

function recently(word: unknown): { since?: number } {
  if (word === undefined) return {};
  if (word === 'PT3H') return { since: Date.now() - threeHoursMs };
  throw invalid(`RecentlyActive is PT3H or absent, not ${word}.`);
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

/** CloudWatch converts no unit into another. */
const byUnit = (metrics: readonly Metric[]) => Map.groupBy(metrics, ({ unit }) => unit);

/** One value a period that has any, oldest first. Periods begin at multiples of their length, as on AWS. */
function seriesOf(metrics: readonly Metric[], [from, to]: Range, period: unknown, stat: string): Series {
  const [length, compute] = [periodOf(period), knownStatistic(stat)];
  const periods = new Map<number, number[]>();
  for (const { timestamp, value } of metrics) {
    const start = Math.floor(timestamp / length) * length;
    if (start < Math.floor(from / length) * length || timestamp >= to) continue;
    periods.set(start, [...(periods.get(start) ?? []), value]);
  }
  const ordered = [...periods].sort(([one], [other]) => one - other);
  return { times: ordered.map(([start]) => new Date(start)), values: ordered.map(([, values]) => compute(values)) };
}
