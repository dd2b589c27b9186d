/**
 * Prices and quotas, each with where it stands and when that was read: the one place for both. Prices are of us-east-1, in US
 * dollars, without free tiers. `npm run cost -- --check-dates` says which are older than a year. Scripts fill the figures into
 * most of AWS's price pages, so that copies of them have none: where none was found, the source is another one.
 */
import type { Fact, Quota } from './fact.ts';

const dynamoDbPrices = {
  source:
    'https://raw.githubusercontent.com/api-evangelist/amazon-dynamodb/refs/heads/main/plans/amazon-dynamodb-plans-pricing.yml',
  checked: '2026-09-18',
  by: 'copy',
  official: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  note: "of AWS's price list of 2026-09-11",
} as const;
const cloudWatchPrices = {
  source:
    'https://github.com/aws-samples/sample-cfm-tips-mcp/blob/17aa70e80dc202ba0dcfd6e8e80c7a37d877d5e9/services/cloudwatch_service.py',
  checked: '2026-01-16',
  by: 'seller',
  note: "code of AWS's own, of that day; pages of others of June 2026 have the same",
} as const;
const expressPrices = {
  source: 'https://www.wring.co/blog/aws-step-functions-pricing-guide',
  checked: '2026-03-14',
  by: 'other',
  official: 'https://aws.amazon.com/step-functions/pricing/',
} as const;
const lambdaPrices = {
  source: 'https://git.mcrn.ar/mariano/lambda_local_runner/src/branch/main/docs/lambdas-md/lambda-13-cost.md',
  checked: '2026-05-11',
  by: 'other',
  official: 'https://aws.amazon.com/lambda/pricing/',
} as const;
const durablePrices = {
  source:
    'https://raw.githubusercontent.com/api-evangelist/aws-lambda/refs/heads/main/plans/aws-lambda-plans-pricing.yml',
  checked: '2026-09-20',
  by: 'copy',
  official: 'https://aws.amazon.com/lambda/pricing/',
  note: "of AWS's worked example",
} as const;
const temporalPrices = {
  source: 'https://docs.temporal.io/cloud/pricing',
  checked: '2026-10-01',
  by: 'seller',
} as const;

export const prices = {
  transition: {
    value: 0.025 / 1000,
    unit: 'a state transition (Standard), retries included',
    source: 'https://aws.amazon.com/step-functions/pricing/',
    checked: '2026-03-14',
    by: 'seller',
    note: 'read in a copy without a date; a page of another of that day has the same',
  },
  expressRequest: { value: 1 / 1e6, unit: 'a start of an Express workflow', ...expressPrices },
  expressGbSecond: {
    value: 0.00001667,
    unit: 'a GB-second of an Express workflow, 64 MB and 100 ms at a time',
    ...expressPrices,
  },
  lambdaRequest: { value: 0.2 / 1e6, unit: 'an invocation', ...lambdaPrices },
  lambdaGbSecond: { value: 0.0000133334, unit: 'a GB-second on arm64, a millisecond at a time', ...lambdaPrices },
  writeUnit: { value: 0.625 / 1e6, unit: 'a write request unit', ...dynamoDbPrices },
  readUnit: { value: 0.125 / 1e6, unit: 'a read request unit', ...dynamoDbPrices },
  tableGbMonth: { value: 0.25, unit: 'a GB-month of the table and its indexes', ...dynamoDbPrices },
  recoveryGbMonth: { value: 0.2, unit: 'a GB-month of point-in-time recovery', ...dynamoDbPrices },
  httpRequest: {
    value: 1 / 1e6,
    unit: 'a request of an HTTP API, 512 kB at a time',
    source: 'https://go-cloud.io/aws-api-gateway-pricing',
    checked: '2026-01-01',
    by: 'other',
    official: 'https://aws.amazon.com/api-gateway/pricing/',
    note: 'the page names the year alone',
  },
  queueRequest: {
    value: 0.4 / 1e6,
    unit: 'a request of SQS, 64 kB at a time',
    source: 'https://cloudburn.io/blog/amazon-sqs-pricing',
    checked: '2026-03-14',
    by: 'other',
    official: 'https://aws.amazon.com/sqs/pricing/',
  },
  publish: {
    value: 0.5 / 1e6,
    unit: 'a message to a topic; delivery to queues is free',
    source: 'https://www.factualminds.com/blog/amazon-sns-pricing-publishes-fanout-protocols/',
    checked: '2026-06-13',
    by: 'other',
    official: 'https://aws.amazon.com/sns/pricing/',
  },
  serviceEvent: {
    value: 0,
    unit: "an event of AWS's own services on the default bus",
    source: 'https://www.factualminds.com/blog/amazon-eventbridge-pricing-events-pipes-schema-archive/',
    checked: '2026-06-13',
    by: 'other',
    official: 'https://aws.amazon.com/eventbridge/pricing/',
  },
  logGb: { value: 0.5, unit: 'a GB of log lines taken in', ...cloudWatchPrices },
  logGbMonth: { value: 0.03, unit: 'a GB-month of log lines kept, compressed', ...cloudWatchPrices },
  metricMonth: { value: 0.3, unit: 'a metric of our own for a month, an hour at a time', ...cloudWatchPrices },
  alarmMonth: { value: 0.1, unit: 'an alarm on one metric for a month', ...cloudWatchPrices },
  dashboardMonth: { value: 3, unit: 'a dashboard for a month', ...cloudWatchPrices },
  trace: {
    value: 5 / 1e6,
    unit: 'a trace of X-Ray recorded',
    source: 'https://aws.amazon.com/xray/pricing/',
    checked: '2026-05-01',
    by: 'seller',
    note: 'read in a copy without a date; a page of another of that month has the same',
  },
  durableOperation: {
    value: 8 / 1e6,
    unit: 'an operation of a durable function: a start, a step, a wait',
    ...durablePrices,
  },
  durableGbWritten: { value: 0.25, unit: 'a GB that durable functions write', ...durablePrices },
  temporalAction: { value: 50 / 1e6, unit: 'an action of Temporal Cloud, pay as you go', ...temporalPrices },
  temporalActionAtScale: { value: 25 / 1e6, unit: 'an action of Temporal Cloud in its last tier', ...temporalPrices },
} as const satisfies Record<string, Fact>;

const stepFunctionsQuotas = 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html';
const both = (value: number) => ({ large: value, other: value });

export const quotas = {
  transitions: {
    values: { large: 5000, other: 800 },
    unit: 'state transitions a second (Standard)',
    askFor: 'Step Functions: StateTransition throttle token refill rate per second',
    source: stepFunctionsQuotas,
    checked: '2026-09-21',
    by: 'other',
    note: "the table of AWS's page could not be read: pages of others give it so; a copy of 2021 has 1,500 and 500; new accounts have less",
  },
  starts: {
    values: { large: 300, other: 150 },
    unit: 'StartExecution a second (Standard)',
    askFor: 'Step Functions: StartExecution throttle token refill rate per second',
    source: stepFunctionsQuotas,
    checked: '2026-11-25',
    by: 'seller',
    note: 'buckets of 1,300 and 800',
  },
  concurrency: {
    values: both(1000),
    unit: 'invocations at a time, all functions together',
    askFor: 'Lambda: Concurrent executions',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
    checked: '2026-11-25',
    by: 'seller',
    note: 'new accounts have less, often 10',
  },
  requests: {
    values: both(10_000),
    unit: 'requests a second, all APIs together',
    askFor: 'API Gateway: Throttle rate (L-8A5B8E43)',
    source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html',
    checked: '2026-11-26',
    by: 'seller',
    note: '2,500 in thirteen Regions',
  },
  tableWrites: {
    values: both(40_000),
    unit: 'write units a second of a table on demand',
    askFor: 'DynamoDB: Table-level write throughput limit',
    source: 'https://repost.aws/knowledge-center/on-demand-table-throttling-dynamodb',
    checked: '2026-11-26',
    by: 'seller',
    note: 'a new table begins with 4,000 and takes twice its last peak',
  },
  partitionWrites: {
    values: both(1000),
    unit: 'write units a second of a partition',
    askFor: undefined,
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput-scenarios.html',
    checked: '2026-11-26',
    by: 'seller',
  },
  newTableWrites: {
    values: both(4000),
    unit: 'write units a second of a new table, without its indexes',
    askFor: 'nothing: set warm throughput, or let the load double within 30 minutes at most',
    source: 'https://repost.aws/knowledge-center/on-demand-table-throttling-dynamodb',
    checked: '2026-11-26',
    by: 'seller',
  },
  codeStorageGb: {
    values: both(75),
    unit: 'GB of code of all versions of all functions',
    askFor: 'Lambda: Function and layer storage',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
    checked: '2026-11-26',
    by: 'seller',
  },
} as const satisfies Record<string, Quota>;
