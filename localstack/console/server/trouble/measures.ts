/** What CloudWatch would have measured, minute by minute, of what the stream tells. */
import type { Observation } from '#embedded/index.ts';
import type { MetricPoint, MetricSeries } from '../../model/trouble.ts';

const minuteMs = 60_000;
const keptMinutes = 60;
/** Of the service's own; dimensions without end would fill the memory. */
const mostSeries = 300;

export interface Measure {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface Measures {
  take(one: Observation): void;
  /** Of the last `milliseconds` before `now`; undefined where nothing was measured. */
  statistic(of: Measure, statistic: string, milliseconds: number, now: number): number | undefined;
  /** Those that functions write themselves. */
  custom(): MetricSeries[];
}

interface Minute extends MetricPoint {
  readonly max: number;
}

interface Series extends Measure {
  minutes: Minute[];
}

export function createMeasures(): Measures {
  const series = new Map<string, Series>();

  function put(measure: Measure, value: number, at: number): void {
    const key = keyOf(measure);
    let found = series.get(key);
    if (found === undefined) {
      if (series.size >= mostSeries) return;
      found = { ...measure, minutes: [] };
      series.set(key, found);
    }
    const minute = Math.floor(at / minuteMs) * minuteMs;
    const last = found.minutes.at(-1);
    if (last?.at === minute) {
      found.minutes[found.minutes.length - 1] = {
        at: minute,
        sum: last.sum + value,
        count: last.count + 1,
        max: Math.max(last.max, value),
      };
    } else {
      found.minutes = [...found.minutes, { at: minute, sum: value, count: 1, max: value }].slice(-keptMinutes);
    }
  }

  return {
    take(one) {
      for (const [measure, value] of measuredBy(one)) put(measure, value, one.at);
    },
    statistic(of, statistic, milliseconds, now) {
      const minutes = series.get(keyOf(of))?.minutes.filter(({ at }) => at > now - milliseconds - minuteMs) ?? [];
      if (minutes.length === 0) return undefined;
      if (statistic === 'Maximum') return Math.max(...minutes.map(({ max }) => max));
      return minutes.reduce((sum, minute) => sum + minute.sum, 0);
    },
    custom: () =>
      [...series.values()]
        .filter(({ namespace }) => !namespace.startsWith('AWS/'))
        .map(({ name, dimensions, minutes }) => ({
          name,
          dimensions: Object.entries(dimensions)
            .map(([key, value]) => `${key} ${value}`)
            .join(', '),
          total: minutes.reduce((sum, minute) => sum + minute.sum, 0),
          points: minutes.map(({ at, sum, count }) => ({ at, sum, count })),
        }))
        // Those of the service before those of single functions.
        .sort((one, other) => one.dimensions.length - other.dimensions.length || (one.name < other.name ? -1 : 1)),
  };
}

/** Names that AWS gives them. https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html */
const executionMetrics: Readonly<Record<string, string>> = {
  SUCCEEDED: 'ExecutionsSucceeded',
  FAILED: 'ExecutionsFailed',
  TIMED_OUT: 'ExecutionsTimedOut',
  ABORTED: 'ExecutionsAborted',
};

function measuredBy(one: Observation): readonly (readonly [Measure, number])[] {
  if (one.type === 'metric') {
    const { namespace, name, dimensions, value } = one;
    return [[{ namespace, name, dimensions }, value]];
  }
  if (one.type === 'executionChanged') {
    const name = executionMetrics[one.status];
    const dimensions = { StateMachineArn: one.stateMachineArn };
    return name === undefined ? [] : [[{ namespace: 'AWS/States', name, dimensions }, 1]];
  }
  if (one.type === 'requestAnswered') {
    return [[{ namespace: 'AWS/ApiGateway', name: '5xx', dimensions: {} }, one.status >= 500 ? 1 : 0]];
  }
  return [];
}

const keyOf = ({ namespace, name, dimensions }: Measure): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);
