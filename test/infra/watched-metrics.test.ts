import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { stageNames } from '#infra/config.ts';
import { projectRoot } from '#infra/paths.ts';
import { bookingMetrics, metricsNamespaceOf } from '#schema/metrics.ts';
import { alarmsOf, stackOf } from './support/alarms.ts';
import { awsMetrics, dimensionValues } from './support/aws-metrics.ts';
import type { Json } from './support/synthesized.ts';

interface Watched {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

const watchedByAlarms = (stage: string): Watched[] =>
  alarmsOf(stage).map(({ namespace, metric_name: metric, dimensions }) => ({ namespace, metric, dimensions }));

function watchedByDashboard(stage: string): Watched[] {
  const { widgets } = JSON.parse(stackOf(stage).resource('aws_cloudwatch_dashboard').dashboard_body);
  return widgets.flatMap(({ properties }: Json) =>
    properties.metrics.map(([namespace, metric, ...rest]: string[]) => {
      const words = rest.filter((word) => typeof word === 'string');
      const pairs = words.flatMap((word, index) => (index % 2 === 0 ? [[word, words[index + 1]]] : []));
      return { namespace, metric, dimensions: Object.fromEntries(pairs) };
    }),
  );
}

/** Everything that is wrong with one watched metric: nothing emits it in this form. */
function problemOf({ namespace, metric, dimensions }: Watched, stage: string): string | undefined {
  const names = Object.keys(dimensions).sort().join();
  if (namespace === metricsNamespaceOf(stage)) {
    if (!(bookingMetrics as readonly string[]).includes(metric)) return `${metric}: the code counts no such metric`;
    return names === 'service' && dimensions.service === 'booking' ? undefined : `${metric} has no ${names}`;
  }
  const known = awsMetrics[namespace]?.metrics[metric];
  if (known === undefined) return `${namespace} ${metric}: AWS publishes no such metric`;
  if (!known.some((set) => [...set].sort().join() === names))
    return `${namespace} ${metric} has no dimensions ${names}`;
  const odd = Object.entries(dimensions).find(([name, value]) => !dimensionValues[name]?.test(value));
  return odd && `${namespace} ${metric}: ${odd.join(' = ')}`;
}

describe.each(stageNames)('on stage %s', (stage) => {
  it('every metric that an alarm or the dashboard looks at is emitted, dimension by dimension', () => {
    const watched = [...watchedByAlarms(stage), ...watchedByDashboard(stage)];

    expect(watched.length).toBeGreaterThan(80);
    expect(watched.flatMap((each) => problemOf(each, stage) ?? [])).toEqual([]);
  });

  it('functions emit under the namespace and service that alarms look at, which no other stage has', () => {
    for (const { environment } of Object.values(stackOf(stage).resources('aws_lambda_function'))) {
      expect(environment.variables).toMatchObject({
        POWERTOOLS_METRICS_NAMESPACE: `HolidayBooking/${stage}`,
        POWERTOOLS_SERVICE_NAME: 'booking',
      });
    }
    const own = watchedByAlarms(stage).filter(({ namespace }) => !namespace.startsWith('AWS/'));
    expect(new Set(own.map(({ namespace }) => namespace))).toEqual(new Set([`HolidayBooking/${stage}`]));
  });
});

describe('the service’s own metrics', () => {
  const sources = globSync('functions/**/*.ts', { cwd: projectRoot })
    .filter((file) => !file.endsWith('observability.ts'))
    .map((file) => readFileSync(join(projectRoot, file), 'utf8'))
    .join('\n');

  it.each(bookingMetrics)('%s is counted somewhere in the functions', (metric) => {
    expect(new RegExp(`\\b${metric}\\b`).test(sources)).toBe(true);
  });
});
