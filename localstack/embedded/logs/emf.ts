/**
 * CloudWatch embedded metric format: a log line that is a JSON object with `_aws.CloudWatchMetrics` yields one metric per
 * directive, dimension set, metric and value. What breaks a rule of the format yields none, the rest of the line does.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */

import { jsonObject } from '../json.ts';
import { isObject } from '../values.ts';

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

const hourMs = 3_600_000;
const [oldestMs, farthestMs] = [14 * 24 * hourMs, 2 * hourMs];
const [mostMetrics, mostValues, mostDimensions] = [100, 100, 30];

/** A cheap test for the hot path: may give a false positive, never a false negative. */
export function looksLikeMetrics(message: string): boolean {
  return message.startsWith('{') && message.includes('"_aws"');
}

/** @returns the line's metrics, none for a line that is not in the format (CloudWatch keeps such a line as a plain log line). */
export function parseMetrics(message: string, receivedAt: number): Metric[] {
  const root = jsonObject(message);
  const header = root?._aws;
  if (root === undefined || !isObject(header)) return [];
  const timestamp = typeof header.Timestamp === 'number' ? header.Timestamp : receivedAt;
  if (timestamp < receivedAt - oldestMs || timestamp > receivedAt + farthestMs) return [];
  return listOf(header.CloudWatchMetrics)
    .filter(isObject)
    .flatMap((directive) => metricsOf(directive, root, timestamp));
}

function metricsOf(directive: Members, root: Members, timestamp: number): Metric[] {
  const namespace = directive.Namespace;
  const definitions = listOf(directive.Metrics).filter(isObject);
  if (!isText(namespace, 255) || definitions.length > mostMetrics) return [];
  const sets = listOf(directive.Dimensions);
  const measured = definitions.flatMap(({ Name: name, Unit: unit = 'None' }) => {
    if (typeof name !== 'string' || typeof unit !== 'string' || !isUnit(unit)) return [];
    return valuesOf(root[name]).map((value) => ({ namespace, name, unit, value, timestamp }));
  });
  return (sets.length > 0 ? sets : [[]]).flatMap((set) => {
    const dimensions = dimensionsOf(set, root);
    return dimensions === undefined ? [] : measured.map((one) => ({ ...one, dimensions }));
  });
}

type Members = Readonly<Record<string, unknown>>;

/** Undefined where a member of the set is not as it must be. */
function dimensionsOf(set: unknown, root: Members): Record<string, string> | undefined {
  if (!Array.isArray(set) || set.length > mostDimensions) return undefined;
  const dimensions = set.map((key) => [key, root[key]] as const);
  const isDimension = (entry: (typeof dimensions)[number]): entry is [string, string] => isText(entry[1], 1_024);
  return dimensions.every(isDimension) ? Object.fromEntries(dimensions) : undefined;
}

function valuesOf(target: unknown): readonly number[] {
  const values = [target].flat();
  return values.length <= mostValues && values.every((value) => typeof value === 'number') ? values : [];
}

const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= most;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
