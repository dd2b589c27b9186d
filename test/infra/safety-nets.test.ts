import { beforeAll, describe, expect, it } from '@jest/globals';
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

const bookingTopic = 'booking-saga-prod-booking';

describe('notification', () => {
  it('goes to the address that the stage is given, and to none by default', () => {
    const told = synthesize({ STAGE: 'prod', NOTIFICATION_EMAIL: 'bookings@example.com' });

    const subscribers = (to: Synthesized): string[] =>
      Object.values(to.resources('aws_sns_topic_subscription'))
        .filter(({ topic_arn }: Json) => topic_arn.includes(to.reference('aws_sns_topic', { name: bookingTopic })))
        .map(({ protocol, endpoint }: Json) => (protocol === 'email' ? endpoint : protocol));
    expect(subscribers(told).sort()).toEqual(['bookings@example.com', 'sqs']);
    expect(subscribers(stack)).toEqual(['sqs']);
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

describe('dashboard', () => {
  it('lays its graphs out without an overlap', () => {
    const { widgets } = JSON.parse(stack.resource('aws_cloudwatch_dashboard').dashboard_body);
    const places = widgets.map(({ x, y }: Json) => `${x},${y}`);

    expect(new Set(places).size).toBe(widgets.length);
    for (const { x, width } of widgets) expect(x + width).toBeLessThanOrEqual(24);
  });
});
