/** The stack's alarms as they would stand: CloudWatch itself does not run here. */
import type { AlarmRow, AlarmState } from '../../model/trouble.ts';
import type { AwsCall } from '../source.ts';
import type { AlarmDefinition } from './alarm-definition.ts';
import type { Measures } from './measures.ts';

interface Ports {
  readonly call: AwsCall;
  readonly measures: Measures;
  readonly now: () => number;
  /** When measuring began: before that, nothing is known of a metric that has to be there. */
  readonly since: number;
}

const signs: Readonly<Record<string, string>> = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '≥',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '≤',
};

const breaches: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/** Those that would be on first. */
export async function alarmRows(alarms: readonly AlarmDefinition[], ports: Ports): Promise<AlarmRow[]> {
  const rows = await Promise.all(alarms.map((alarm) => alarmRow(alarm, ports)));
  const rank: Readonly<Record<AlarmState, number>> = { ALARM: 0, UNKNOWN: 1, OK: 2 };
  return rows.sort((one, other) => rank[one.state] - rank[other.state] || (one.name < other.name ? -1 : 1));
}

async function alarmRow(alarm: AlarmDefinition, ports: Ports): Promise<AlarmRow> {
  const span = alarm.period * alarm.evaluation_periods;
  const value = await measuredValue(alarm, span * 1_000, ports);
  const sign = signs[alarm.comparison_operator] ?? alarm.comparison_operator;
  return {
    name: alarm.alarm_name,
    state: stateOf(alarm, value, ports.now() - ports.since >= span * 1_000),
    rule: `${alarm.statistic} of ${alarm.metric_name} ${sign} ${alarm.threshold} in ${Math.round(span / 60)} min`,
    value,
    description: alarm.alarm_description ?? '',
  };
}

/** A failure that did not come is no data: fine where too much is the trouble, and trouble where too little is. */
function stateOf(alarm: AlarmDefinition, value: number | undefined, wasLongEnough: boolean): AlarmState {
  const breaks = breaches[alarm.comparison_operator];
  if (breaks === undefined) return 'UNKNOWN';
  const asksForLittle = alarm.comparison_operator.startsWith('Greater');
  if (asksForLittle) return value !== undefined && breaks(value, alarm.threshold) ? 'ALARM' : 'OK';
  if (!wasLongEnough) return value !== undefined && !breaks(value, alarm.threshold) ? 'OK' : 'UNKNOWN';
  return breaks(value ?? 0, alarm.threshold) ? 'ALARM' : 'OK';
}

async function measuredValue(
  alarm: AlarmDefinition,
  span: number,
  { call, measures, now }: Ports,
): Promise<number | undefined> {
  const { namespace, metric_name: name, dimensions = {} } = alarm;
  if (namespace === 'AWS/SQS' && name === 'ApproximateNumberOfMessagesVisible') {
    return visibleIn(dimensions.QueueName ?? '', call);
  }
  // The API's is one for all of its stages here.
  const measured = namespace === 'AWS/ApiGateway' ? {} : dimensions;
  return measures.statistic({ namespace, name, dimensions: measured }, alarm.statistic, span, now());
}

async function visibleIn(QueueName: string, call: AwsCall): Promise<number> {
  const { QueueUrl } = await call('sqs', 'GetQueueUrl', { QueueName });
  const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'];
  const { Attributes = {} } = await call('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames });
  // One that the console itself looks at is hidden for that moment.
  return Object.values(Attributes as Readonly<Record<string, string>>).reduce((sum, each) => sum + Number(each), 0);
}
