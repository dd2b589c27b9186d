/** CloudWatch Logs as the other parts need it: lines by group and stream, and the metrics in them. */

import type { Observe } from '../observer.ts';
import { looksLikeMetrics, type Metric, parseMetrics } from './emf.ts';
import { createRing, type Ring } from './ring.ts';

export type { Metric } from './emf.ts';

export interface LogEvent {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  /** Without the line break at its end. */
  readonly message: string;
}

export interface LogLine extends LogEvent {
  readonly group: string;
  readonly stream: string;
  /** Of a line that is made anew each time it is read. */
  readonly id?: string;
}

/** Another part of the cloud keeps these lines in a shape of its own, and makes texts of them when they are read: clients read few of them. */
export interface LogSource {
  groups(): readonly string[];
  /** The newest of a group, oldest first. */
  lines(group: string, most: number): readonly LogLine[];
}

export interface LogFilter {
  readonly group?: string;
  readonly stream?: string;
  /** Part of the message, upper and lower case matter. */
  readonly contains?: string;
  /** Inclusive, milliseconds since the epoch. */
  readonly since?: number;
  /** The newest so many lines. */
  readonly limit?: number;
}

export interface MetricFilter {
  readonly namespace?: string;
  readonly name?: string;
  /** Every dimension given here has to be there with that value; the metric may have more. */
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly since?: number;
}

export interface Logs {
  write(group: string, stream: string, events: readonly LogEvent[]): void;
  /** Has them observed, and keeps none. */
  tell(group: string, stream: string, events: readonly LogEvent[]): void;
  /** Reads the source's lines with its own. */
  include(source: LogSource): void;
  groups(): string[];
  /** Oldest first by arrival within a group. */
  lines(filter?: LogFilter): LogLine[];
  metrics(filter?: MetricFilter): Metric[];
  /** The sum of the values that `metrics` would give. */
  sum(filter: MetricFilter): number;
}

export interface LogsOptions {
  /** Older lines of a group are forgotten; 2,000 by default. */
  readonly linesPerGroup?: number;
  /** Metric lines outlive their group's other lines, since counters are read after long runs; 10,000 by default. */
  readonly metricLines?: number;
  /** Told of each line, and of each metric in it. */
  readonly observe?: Observe;
}

export function createLogs(options: LogsOptions = {}): Logs {
  const { linesPerGroup = 2_000, metricLines = 10_000, observe } = options;
  const groups = new Map<string, Ring<LogLine>>();
  const sources: LogSource[] = [];
  const measured = createRing<readonly Metric[]>(metricLines);

  function ringOf(group: string): Ring<LogLine> {
    let ring = groups.get(group);
    if (ring === undefined) {
      ring = createRing(linesPerGroup);
      groups.set(group, ring);
    }
    return ring;
  }

  const names = () => [...new Set([...groups.keys(), ...sources.flatMap((source) => source.groups())])];

  function linesOf(group: string): readonly LogLine[] {
    const own = groups.get(group)?.items() ?? [];
    const others = sources.filter((source) => source.groups().includes(group));
    return [own, ...others.map((source) => source.lines(group, linesPerGroup))].flat();
  }

  function measure({ message, timestamp }: LogEvent): void {
    const metrics = parseMetrics(message, timestamp);
    measured.push(metrics);
    for (const { namespace, name, value, dimensions } of metrics) {
      observe?.({ type: 'metric', namespace, name, value, dimensions });
    }
  }

  const logs: Logs = {
    write(group, stream, events) {
      const ring = ringOf(group);
      for (const { timestamp, message } of events) {
        const line: LogLine = { group, stream, timestamp, message };
        ring.push(line);
        observe?.({ type: 'logLine', group, stream, message });
        if (looksLikeMetrics(message)) measure(line);
      }
    },

    tell(group, stream, events) {
      for (const { message } of events) observe?.({ type: 'logLine', group, stream, message, isDropped: true });
    },

    include(source) {
      sources.push(source);
    },

    groups: names,

    lines(filter = {}) {
      const read = filter.group === undefined ? names() : [filter.group];
      const found = read.flatMap((group) => linesOf(group).filter((line) => matches(line, filter)));
      return filter.limit === undefined ? found : found.slice(Math.max(0, found.length - filter.limit));
    },

    metrics(filter = {}) {
      return measured
        .items()
        .flat()
        .filter((metric) => measures(metric, filter));
    },

    sum: (filter) => logs.metrics(filter).reduce((total, { value }) => total + value, 0),
  };
  return logs;
}

function matches(line: LogLine, { group, stream, contains, since }: LogFilter): boolean {
  return (
    (group === undefined || line.group === group) &&
    (stream === undefined || line.stream === stream) &&
    (since === undefined || line.timestamp >= since) &&
    (contains === undefined || line.message.includes(contains))
  );
}

function measures(metric: Metric, { namespace, name, dimensions, since }: MetricFilter): boolean {
  return (
    (namespace === undefined || metric.namespace === namespace) &&
    (name === undefined || metric.name === name) &&
    (since === undefined || metric.timestamp >= since) &&
    Object.entries(dimensions ?? {}).every(([key, value]) => metric.dimensions[key] === value)
  );
}
