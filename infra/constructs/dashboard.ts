import { type BookingMetric, metricsNamespaceOf, metricsService } from '#schema/metrics.ts';
import type { Watched } from '../alarms/definition.ts';
import { CloudwatchDashboard, Construct } from '../cdktf.ts';
import { physicalName } from '../config.ts';
import type { HttpApi } from './http-api.ts';

type Metric = readonly (string | { readonly stat?: string; readonly label?: string })[];

interface Graph {
  readonly title: string;
  readonly metrics: readonly Metric[];
  readonly stat?: string;
}

/** CloudWatch's dashboards are 24 units wide. */
const graphsARow = 3;
const width = 24 / graphsARow;
const height = 6;

/** One page from the bookings' fates down to the parts that decide them. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: Watched) {
    super(scope, id);
    const { config } = props;
    new CloudwatchDashboard(this, 'Dashboard', {
      dashboardName: physicalName(config),
      dashboardBody: JSON.stringify({
        widgets: graphsOf(props).map(({ title, metrics, stat = 'Sum' }, position) => ({
          type: 'metric',
          x: (position % graphsARow) * width,
          y: Math.floor(position / graphsARow) * height,
          width,
          height,
          properties: { title, metrics, stat, period: 60, region: config.region, view: 'timeSeries' },
        })),
      }),
    });
  }
}

function graphsOf(props: Watched): readonly Graph[] {
  const { api, config, functions, machine, table } = props;
  const queues = [...props.workQueues, ...props.deadLetterQueues];
  const saga = (...names: BookingMetric[]): Metric[] =>
    names.map((name) => [metricsNamespaceOf(config.stage), name, 'service', metricsService]);
  const executions = (...names: string[]): Metric[] =>
    names.map((name) => ['AWS/States', name, 'StateMachineArn', machine.arn]);
  const each = (metric: string): Metric[] =>
    functions.map(({ functionName, definition }) => [
      'AWS/Lambda',
      metric,
      'FunctionName',
      functionName,
      { label: definition.name },
    ]);
  const waiting = (name: string): Metric => ['AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName', name];

  return [
    { title: 'Bookings', metrics: saga('SuccessfulBooking', 'SuccessfulReservation', 'FailedReservation') },
    { title: 'Compensations', metrics: saga('SuccessfulCancellation', 'FailedCancellation') },
    { title: 'Safety nets', metrics: saga('StuckBookings', 'ReleasedSeatHolds', 'AuditedSeatHolds') },
    {
      title: 'Executions',
      metrics: executions(
        'ExecutionsStarted',
        'ExecutionsSucceeded',
        'ExecutionsFailed',
        'ExecutionsTimedOut',
        'ExecutionsAborted',
      ),
    },
    { title: 'Execution time p99 (ms)', metrics: executions('ExecutionTime'), stat: 'p99' },
    { title: 'Queues', metrics: queues.map(({ name }) => waiting(name)), stat: 'Maximum' },
    { title: 'Function errors', metrics: each('Errors') },
    { title: 'Function time p99 (ms)', metrics: each('Duration'), stat: 'p99' },
    { title: 'Function throttles', metrics: each('Throttles') },
    ...(api ? httpGraphs(api) : []),
    {
      title: 'Table',
      metrics: [
        'ConsumedReadCapacityUnits',
        'ConsumedWriteCapacityUnits',
        'ReadThrottleEvents',
        'WriteThrottleEvents',
      ].map((name) => ['AWS/DynamoDB', name, 'TableName', table.name]),
    },
    { title: 'Loyalty points', metrics: saga('LoyaltyPointsEarned', 'LoyaltyPointsTakenBack') },
    { title: 'Notifications', metrics: saga('SuccessfulNotification', 'FailedNotification') },
  ];
}

function httpGraphs({ id }: HttpApi): readonly Graph[] {
  return [
    { title: 'HTTP API', metrics: ['Count', '4xx', '5xx'].map((name) => ['AWS/ApiGateway', name, 'ApiId', id]) },
    { title: 'HTTP latency p99 (ms)', metrics: [['AWS/ApiGateway', 'Latency', 'ApiId', id]], stat: 'p99' },
  ];
}
