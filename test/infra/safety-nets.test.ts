import { beforeAll, describe, expect, it } from '@jest/globals';
import { sagaFunctions } from '#infra/saga-functions.ts';
import { type Json, type Synthesized, synthesize } from './support/synthesized.ts';

let stack: Synthesized;
let local: Synthesized;

beforeAll(() => {
  stack = synthesize({ STAGE: 'prod' });
  local = synthesize({ STAGE: 'local' });
});

const queue = (name: string): Json => stack.resource('aws_sqs_queue', { name: `booking-saga-prod-${name}` });
const lambdaReference = (name: string): string =>
  stack.reference('aws_lambda_function', { function_name: `booking-saga-prod-${name}` });
const ruleReference = (name: string): string =>
  stack.reference('aws_cloudwatch_event_rule', { name: `booking-saga-prod-${name}` });

describe('redrive', () => {
  it('queues every execution of this machine that ends other than by success', () => {
    const rule = stack.resource('aws_cloudwatch_event_rule', { name: 'booking-saga-prod-execution-ended' });
    const target = stack.resource('aws_cloudwatch_event_target', {
      rule: `\${${ruleReference('execution-ended')}.name}`,
    });

    expect(JSON.parse(rule.event_pattern)).toEqual({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: {
        status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        stateMachineArn: [`\${${stack.reference('aws_sfn_state_machine')}.arn}`],
      },
    });
    expect(target.arn).toBe(`\${${stack.reference('aws_sqs_queue', { name: 'booking-saga-prod-redrive' })}.arn}`);
  });

  it('hands the queue to the redrive function, which reports single failures', () => {
    const functionName = `\${${lambdaReference('redrive-booking')}.arn}`;
    expect(stack.resource('aws_lambda_event_source_mapping', { function_name: functionName })).toMatchObject({
      event_source_arn: `\${${stack.reference('aws_sqs_queue', { name: 'booking-saga-prod-redrive' })}.arn}`,
      function_response_types: ['ReportBatchItemFailures'],
    });
  });

  it('hides a message for six times as long as the function may take, and gives up to the dead letters', () => {
    const { timeout } = stack.resource('aws_lambda_function', { function_name: 'booking-saga-prod-redrive-booking' });

    expect(queue('redrive').visibility_timeout_seconds).toBeGreaterThanOrEqual(6 * timeout);
    expect(JSON.parse(queue('redrive').redrive_policy)).toEqual({
      deadLetterTargetArn: `\${${stack.reference('aws_sqs_queue', { name: 'booking-saga-prod-dead-letters' })}.arn}`,
      maxReceiveCount: 5,
    });
  });

  it('keeps dead letters longer than the queue that they come from keeps messages, both encrypted', () => {
    // SQS counts from the first queue's enqueueing, so equal periods would lose messages.
    expect(queue('dead-letters').message_retention_seconds).toBeGreaterThan(queue('redrive').message_retention_seconds);
    expect(queue('dead-letters').sqs_managed_sse_enabled).toBe(true);
    expect(queue('redrive').sqs_managed_sse_enabled).toBe(true);
  });
});

describe('loyalty', () => {
  const functionName = (): string => `\${${lambdaReference('credit-loyalty')}.arn}`;

  it('gets every message of the booking topic as it was published, encrypted with a key that SNS needs no grant for', () => {
    expect(stack.resource('aws_sns_topic_subscription', { protocol: 'sqs' })).toMatchObject({
      topic_arn: `\${${stack.reference('aws_sns_topic', { name: 'booking-saga-prod-booking' })}.arn}`,
      endpoint: `\${${stack.reference('aws_sqs_queue', { name: 'booking-saga-prod-loyalty' })}.arn}`,
      raw_message_delivery: true,
    });
    expect(stack.resource('aws_sns_topic_subscription', { protocol: 'sqs' })).not.toHaveProperty('filter_policy');
    expect(queue('loyalty')).toMatchObject({ sqs_managed_sse_enabled: true });
    expect(queue('loyalty')).not.toHaveProperty('kms_master_key_id');
  });

  it('hands its queue to its function, which reports single failures and has few rivals for an account', () => {
    expect(stack.resource('aws_lambda_event_source_mapping', { function_name: functionName() })).toMatchObject({
      event_source_arn: `\${${stack.reference('aws_sqs_queue', { name: 'booking-saga-prod-loyalty' })}.arn}`,
      function_response_types: ['ReportBatchItemFailures'],
      scaling_config: { maximum_concurrency: 2 },
    });
  });

  it('gives up to dead letters of its own, which keep messages longer', () => {
    const { timeout } = stack.resource('aws_lambda_function', { function_name: 'booking-saga-prod-credit-loyalty' });
    const deadLetters = stack.reference('aws_sqs_queue', { name: 'booking-saga-prod-loyalty-dead-letters' });

    expect(queue('loyalty').visibility_timeout_seconds).toBeGreaterThanOrEqual(6 * timeout);
    expect(JSON.parse(queue('loyalty').redrive_policy)).toEqual({
      deadLetterTargetArn: `\${${deadLetters}.arn}`,
      maxReceiveCount: 5,
    });
    expect(queue('loyalty-dead-letters').message_retention_seconds).toBeGreaterThan(
      queue('loyalty').message_retention_seconds,
    );
    expect(queue('loyalty-dead-letters').sqs_managed_sse_enabled).toBe(true);
  });
});

describe('notification', () => {
  it('goes to the address that the stage is given, and to none by default', () => {
    const told = synthesize({ STAGE: 'prod', NOTIFICATION_EMAIL: 'bookings@example.com' });

    expect(told.resource('aws_sns_topic_subscription', { protocol: 'email' })).toMatchObject({
      topic_arn: `\${${told.reference('aws_sns_topic', { name: 'booking-saga-prod-booking' })}.arn}`,
      endpoint: 'bookings@example.com',
    });
    const protocols = Object.values(stack.resources('aws_sns_topic_subscription')).map(
      ({ protocol }: Json) => protocol,
    );
    expect(protocols).toEqual(['sqs']);
  });
});

describe.each([
  { what: 'reconciler', name: 'reconcile', scheduled: 'reconcile-bookings', prod: 'rate(5 minutes)' },
  { what: 'audit of seat holds', name: 'seat-audit', scheduled: 'audit-seat-holds', prod: 'rate(60 minutes)' },
])('the $what', ({ name, scheduled, prod }) => {
  it('runs on a schedule that may invoke it', () => {
    const rule = ruleReference(name);

    expect(stack.resource('aws_cloudwatch_event_rule', { name: `booking-saga-prod-${name}` }).schedule_expression).toBe(
      prod,
    );
    expect(stack.resource('aws_cloudwatch_event_target', { rule: `\${${rule}.name}` }).arn).toBe(
      `\${${lambdaReference(scheduled)}.arn}`,
    );
    expect(
      stack.resource('aws_lambda_permission', { function_name: `\${${lambdaReference(scheduled)}.function_name}` }),
    ).toMatchObject({ principal: 'events.amazonaws.com', source_arn: `\${${rule}.arn}` });
    expect(
      local.resource('aws_cloudwatch_event_rule', { name: `booking-saga-local-${name}` }).schedule_expression,
    ).toBe('rate(1 minute)');
  });

  it('is not tried again where it fails: its next run does the same work', () => {
    const functionName = `\${${lambdaReference(scheduled)}.function_name}`;
    expect(stack.resource('aws_lambda_function_event_invoke_config', { function_name: functionName })).toMatchObject({
      maximum_retry_attempts: 0,
    });
  });
});

describe('reconciler', () => {
  it('takes no booking for stuck that the machine may still be running', () => {
    const { TimeoutSeconds } = JSON.parse(stack.resource('aws_sfn_state_machine').definition);
    const { environment } = stack.resource('aws_lambda_function', {
      function_name: 'booking-saga-prod-reconcile-bookings',
    });

    expect(Number(environment.variables.RECONCILE_AGE_SECONDS)).toBeGreaterThan(TimeoutSeconds);
    expect(() =>
      synthesize({ STAGE: 'dev' }, (config) => ({
        ...config,
        reconcile: { everyMinutes: 5, ageSeconds: TimeoutSeconds },
      })),
    ).toThrow(/ageSeconds .* must exceed the machine's TimeoutSeconds/);
  });
});

describe('alarms', () => {
  const watched = (): [string, string, string][] =>
    Object.values(stack.resources('aws_cloudwatch_metric_alarm')).map((alarm: Json) => [
      alarm.alarm_name.replace('booking-saga-prod-', ''),
      alarm.metric_name,
      Object.entries(alarm.dimensions)
        .map(([name, value]) => `${name}=${value}`)
        .join(),
    ]);

  it('watch compensations, dead letters, stuck bookings, ended executions and throttles', () => {
    const machine = `StateMachineArn=\${${stack.reference('aws_sfn_state_machine')}.arn}`;
    const tableName = `TableName=\${${stack.reference('aws_dynamodb_table')}.name}`;
    const deadLetters = stack.reference('aws_sqs_queue', { name: 'booking-saga-prod-dead-letters' });
    const loyaltyDeadLetters = stack.reference('aws_sqs_queue', { name: 'booking-saga-prod-loyalty-dead-letters' });

    expect(watched()).toEqual(
      expect.arrayContaining([
        ['failed-compensations', 'FailedCancellation', 'service=booking'],
        ['stuck-bookings', 'StuckBookings', 'service=booking'],
        ['dead-letters', 'ApproximateNumberOfMessagesVisible', `QueueName=\${${deadLetters}.name}`],
        ['loyalty-dead-letters', 'ApproximateNumberOfMessagesVisible', `QueueName=\${${loyaltyDeadLetters}.name}`],
        ['executions-timed-out', 'ExecutionsTimedOut', machine],
        ['executions-aborted', 'ExecutionsAborted', machine],
        ['throttled-executions', 'ExecutionThrottled', machine],
        ['throttled-reads', 'ReadThrottleEvents', tableName],
        ['throttled-writes', 'WriteThrottleEvents', tableName],
      ]),
    );
  });

  it('watch every function for throttles, and the safety nets for errors', () => {
    const functions = sagaFunctions.filter(({ name }) => name !== 'start-booking').map(({ name }) => name);
    const on = (metric: string): string[] =>
      watched()
        .filter(([, name]) => name === metric)
        .map(([, , dimension]) => dimension)
        .sort();

    expect(on('Throttles')).toEqual(
      functions.map((name) => `FunctionName=\${${lambdaReference(name)}.function_name}`).sort(),
    );
    expect(on('Errors')).toEqual(
      ['audit-seat-holds', 'credit-loyalty', 'reconcile-bookings', 'redrive-booking']
        .map((name) => `FunctionName=\${${lambdaReference(name)}.function_name}`)
        .sort(),
    );
  });

  it('fire at the first occurrence and tell the alarm topic, which only stages that notify have', () => {
    const topic = `\${${stack.reference('aws_sns_topic', { name: 'booking-saga-prod-alarms' })}.arn}`;

    for (const alarm of Object.values(stack.resources('aws_cloudwatch_metric_alarm'))) {
      expect(alarm).toMatchObject({
        threshold: 0,
        comparison_operator: 'GreaterThanThreshold',
        treat_missing_data: 'notBreaching',
        alarm_actions: [topic],
      });
    }
    expect(Object.values(local.resources('aws_sns_topic')).map(({ name }: Json) => name)).toEqual([
      'booking-saga-local-booking',
    ]);
  });

  it('watch a namespace and service that the functions write to', () => {
    const { variables } = stack.resource('aws_lambda_function', {
      function_name: 'booking-saga-prod-health',
    }).environment;
    const own = Object.values(stack.resources('aws_cloudwatch_metric_alarm')).filter(
      ({ namespace }: Json) => !namespace.startsWith('AWS/'),
    );

    expect(own.length).toBeGreaterThan(0);
    for (const alarm of own) {
      expect(alarm.namespace).toBe(variables.POWERTOOLS_METRICS_NAMESPACE);
      expect(alarm.dimensions).toEqual({ service: variables.POWERTOOLS_SERVICE_NAME });
    }
  });
});

describe('dashboard', () => {
  it('lays its graphs out without an overlap', () => {
    const { widgets } = JSON.parse(stack.resource('aws_cloudwatch_dashboard').dashboard_body);
    const places = widgets.map(({ x, y }: Json) => `${x},${y}`);

    expect(new Set(places).size).toBe(widgets.length);
    for (const { x, width } of widgets) expect(x + width).toBeLessThanOrEqual(24);
  });
});
