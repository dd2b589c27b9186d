/**
 * Metrics of AWS itself: for each the sets of dimensions that it is published with, and for each dimension what its value
 * names. An alarm on any other combination would look at nothing and stay green for ever.
 */
export interface AwsMetrics {
  /** The page that lists them. */
  readonly source: string;
  readonly metrics: Readonly<Record<string, readonly (readonly string[])[]>>;
}

const lambda = [['FunctionName']];
const machine = [['StateMachineArn']];
const tableAndIndexes = [['TableName'], ['TableName', 'GlobalSecondaryIndexName']];
const api = [['ApiId']];
const topic = [['TopicName']];
const rule = [['RuleName']];
const queue = [['QueueName']];

export const awsMetrics: Readonly<Record<string, AwsMetrics>> = {
  'AWS/ApiGateway': {
    source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html',
    metrics: { Count: api, '4xx': api, '5xx': api, Latency: api, IntegrationLatency: api },
  },
  'AWS/DynamoDB': {
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html',
    metrics: {
      ConsumedReadCapacityUnits: tableAndIndexes,
      ConsumedWriteCapacityUnits: tableAndIndexes,
      ReadThrottleEvents: tableAndIndexes,
      WriteThrottleEvents: tableAndIndexes,
      SystemErrors: [['TableName', 'Operation']],
    },
  },
  'AWS/Events': {
    source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html',
    metrics: { FailedInvocations: rule, InvocationsFailedToBeSentToDlq: rule },
  },
  'AWS/Lambda': {
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
    metrics: { Errors: lambda, Throttles: lambda, Duration: lambda, DestinationDeliveryFailures: lambda },
  },
  'AWS/SNS': {
    source: 'https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html',
    metrics: { NumberOfNotificationsFailed: topic, NumberOfNotificationsFailedToRedriveToDlq: topic },
  },
  'AWS/SQS': {
    source:
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html',
    metrics: { ApproximateNumberOfMessagesVisible: queue, ApproximateAgeOfOldestMessage: queue },
  },
  'AWS/States': {
    source: 'https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html',
    metrics: {
      ExecutionTime: machine,
      ExecutionThrottled: machine,
      ExecutionsAborted: machine,
      ExecutionsFailed: machine,
      ExecutionsStarted: machine,
      ExecutionsSucceeded: machine,
      ExecutionsTimedOut: machine,
      // Of the whole account and region: the service's own pace, or one API's.
      ThrottledEvents: [['ServiceMetric'], ['APIName']],
    },
  },
};

/** A dimension's value: an attribute of a resource of this stack, or one of a few words. */
export const dimensionValues: Readonly<Record<string, RegExp>> = {
  ApiId: /^\$\{aws_apigatewayv2_api\.\w+\.id\}$/,
  APIName: /^(StartExecution|StopExecution|DescribeExecution|GetExecutionHistory)$/,
  FunctionName: /^\$\{aws_lambda_function\.\w+\.function_name\}$/,
  GlobalSecondaryIndexName: /^\w+$/,
  Operation: /^(BatchGetItem|DeleteItem|GetItem|PutItem|Query|Scan|TransactGetItems|TransactWriteItems|UpdateItem)$/,
  QueueName: /^\$\{aws_sqs_queue\.\w+\.name\}$/,
  RuleName: /^\$\{aws_cloudwatch_event_rule\.\w+\.name\}$/,
  ServiceMetric: /^StateTransition$/,
  StateMachineArn: /^\$\{aws_sfn_state_machine\.\w+\.arn\}$/,
  TableName: /^\$\{aws_dynamodb_table\.\w+\.name\}$/,
  TopicName: /^\$\{aws_sns_topic\.\w+\.name\}$/,
};
