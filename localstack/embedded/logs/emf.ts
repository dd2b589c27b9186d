/**
 * CloudWatch embedded metric format: a log line that is a JSON object with `_aws.CloudWatchMetrics` yields one metric per
 * directive, dimension set, metric and value. Rules: CloudWatch's "Embedded metric format specification".
 */

import { jsonObject } from '../json.ts';

export interface Metric {
  readonly namespace: string;
  readonly name: string;
  /** CloudWatch's unit name, `None` where the line names none. */
  readonly unit: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
  /** Milliseconds since the epoch, the line's own `_aws.Timestamp` where it has one. */
  readonly timestamp: number;
}

const large = ['Kilo', 'Mega', 'Giga', 'Tera'].flatMap((size) => [`${size}bits`, `${size}bytes`]);

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
const units = [
  ...['Seconds', 'Microseconds', 'Milliseconds', 'Percent', 'None'],
  ...['Count', 'Bits', 'Bytes', ...large].flatMap((unit) => [unit, `${unit}/Second`]),
];

export const isUnit = (text: unknown): boolean => units.includes(String(text));

interface Directive {
  readonly Namespace?: unknown;
  readonly Dimensions?: unknown;
  readonly Metrics?: unknown;
}

/** A cheap test for the hot path: may give a false positive, never a false negative. */
export function looksLikeMetrics(message: string): boolean {
  return message.startsWith('{') && message.includes('"_aws"');
}

/** @returns the line's metrics, none for a line that is not in the format (CloudWatch keeps such a line as a plain log line). */
export function parseMetrics(message: string, receivedAt: number): Metric[] {
  const root = jsonObject(message);
  const header = root?._aws as { Timestamp?: unknown; CloudWatchMetrics?: unknown } | undefined;
  if (root === undefined || !Array.isArray(header?.CloudWatchMetrics)) return [];
  const timestamp = typeof header.Timestamp === 'number' ? header.Timestamp : receivedAt;
  return header.CloudWatchMetrics.flatMap((directive: Directive) => metricsOf(directive, root, timestamp));
}

function metricsOf(directive: Directive, root: Record<string, unknown>, timestamp: number): Metric[] {
  const namespace = directive.Namespace;
  if (typeof namespace !== 'string' || !Array.isArray(directive.Metrics)) return [];
  const sets = Array.isArray(directive.Dimensions) && directive.Dimensions.length > 0 ? directive.Dimensions : [[]];
  const metrics: Metric[] = [];
  for (const set of sets as string[][]) {
    const dimensions = Object.fromEntries(set.map((key) => [key, String(root[key] ?? '')]));
    for (const { Name: name, Unit: unit } of directive.Metrics as { Name: string; Unit?: string }[]) {
      for (const value of [root[name]].flat()) {
        if (typeof value !== 'number') continue;
        metrics.push({ namespace, name, unit: unit ?? 'None', dimensions, value, timestamp });
      }
    }
  }
  return metrics;
}
