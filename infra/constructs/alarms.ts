import { metricsNamespaceOf, metricsService } from '#schema/metrics.ts';
import { CloudwatchMetricAlarm, Construct, SnsTopic } from '../cdktf.ts';
import { physicalName, type StageConfig } from '../config.ts';
import { pascalCase } from '../saga-functions.ts';
import type { BookingMachine } from './booking-machine.ts';
import type { BookingTable } from './booking-table.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import type { SagaFunction } from './saga-function.ts';

const periodSeconds = 300;

export interface AlarmsProps {
  readonly config: StageConfig;
  readonly functions: readonly SagaFunction[];
  readonly machine: BookingMachine;
  readonly table: BookingTable;
  readonly deadLetterQueue: DeadLetterQueue;
  readonly loyaltyDeadLetterQueue: DeadLetterQueue;
}

interface AlarmDefinition {
  readonly name: string;
  readonly description: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Record<string, string>;
  readonly statistic?: 'Sum' | 'Maximum';
}

/** Every alarm fires at the first occurrence: each one means that a person has to look. */
export class Alarms extends Construct {
  readonly topicArn: string | undefined;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { config } = props;
    // Not encrypted with AWS's own key, which CloudWatch may not use; an alarm carries no booking data.
    this.topicArn = config.alarms.notify
      ? new SnsTopic(this, 'Topic', { name: physicalName(config, 'alarms') }).arn
      : undefined;
    const actions = this.topicArn === undefined ? [] : [this.topicArn];

    for (const alarm of alarmsOf(props)) {
      new CloudwatchMetricAlarm(this, pascalCase(alarm.name), {
        alarmName: physicalName(config, alarm.name),
        alarmDescription: alarm.description,
        namespace: alarm.namespace,
        metricName: alarm.metric,
        dimensions: alarm.dimensions,
        statistic: alarm.statistic ?? 'Sum',
        period: periodSeconds,
        evaluationPeriods: 1,
        threshold: 0,
        comparisonOperator: 'GreaterThanThreshold',
        // Most of these metrics exist only once something went wrong.
        treatMissingData: 'notBreaching',
        ...(actions.length > 0 ? { alarmActions: actions, okActions: actions } : {}),
      });
    }
  }
}

function alarmsOf(props: AlarmsProps): readonly AlarmDefinition[] {
  const { config, functions, machine, table, deadLetterQueue, loyaltyDeadLetterQueue } = props;
  const saga = { namespace: metricsNamespaceOf(config.stage), dimensions: { service: metricsService } };
  const executions = { namespace: 'AWS/States', dimensions: { StateMachineArn: machine.arn } };
  const items = { namespace: 'AWS/DynamoDB', dimensions: { TableName: table.name } };
  return [
    {
      ...saga,
      name: 'failed-compensations',
      metric: 'FailedCancellation',
      description: 'A compensation failed: see the dead letters for a layer that ran out of retries',
    },
    {
      ...saga,
      name: 'stuck-bookings',
      metric: 'StuckBookings',
      description: 'The reconciler found bookings that no execution was finishing, and redrove them',
    },
    {
      name: 'dead-letters',
      namespace: 'AWS/SQS',
      metric: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: deadLetterQueue.name },
      statistic: 'Maximum',
      description: 'Dead letters wait: mend the cause, then redrive them',
    },
    {
      name: 'loyalty-dead-letters',
      namespace: 'AWS/SQS',
      metric: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: loyaltyDeadLetterQueue.name },
      statistic: 'Maximum',
      description: 'Booking messages whose points could not be credited wait: mend the cause, then move them back',
    },
    {
      ...executions,
      name: 'executions-timed-out',
      metric: 'ExecutionsTimedOut',
      description: 'Executions ran out of time',
    },
    {
      ...executions,
      name: 'executions-aborted',
      metric: 'ExecutionsAborted',
      description: 'Executions were stopped by hand',
    },
    {
      ...executions,
      name: 'throttled-executions',
      metric: 'ExecutionThrottled',
      description: 'Step Functions throttles state transitions: bookings slow down',
    },
    { ...items, name: 'throttled-reads', metric: 'ReadThrottleEvents', description: 'DynamoDB throttles reads' },
    { ...items, name: 'throttled-writes', metric: 'WriteThrottleEvents', description: 'DynamoDB throttles writes' },
    ...functions.map(({ definition, functionName }) => ({
      name: `throttled-${definition.name}`,
      namespace: 'AWS/Lambda',
      metric: 'Throttles',
      dimensions: { FunctionName: functionName },
      description: `Lambda throttles ${definition.name}: raise the account's concurrency`,
    })),
    // A step that fails is undone; a safety net that fails is noticed by nobody else.
    ...functions
      .filter(({ definition }) => definition.role === 'background')
      .map(({ definition, functionName }) => ({
        name: `failed-${definition.name}`,
        namespace: 'AWS/Lambda',
        metric: 'Errors',
        dimensions: { FunctionName: functionName },
        description: `${definition.name} fails, and nobody waits for its answer: see its log`,
      })),
  ];
}
