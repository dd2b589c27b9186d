import { describe, expect, it } from '@jest/globals';
import { stripeKeyParameter } from '#infra/constructs/stripe-secret.ts';
import { sagaFunctions } from '#infra/saga-functions.ts';
import { local, prod } from './support/local-and-prod.ts';
import { type Json, type Synthesized, synthesize } from './support/synthesized.ts';

const lambda = (stack: Synthesized, name: string, stage = 'local'): Json =>
  stack.resource('aws_lambda_function', { function_name: `booking-saga-${stage}-${name}` });

describe('functions', () => {
  it('each has a role and a log group of its own, arm64, tracing and Node 22', () => {
    const functions: Json[] = Object.values(local.resources('aws_lambda_function'));

    expect(functions.map((each) => each.function_name).sort()).toEqual(
      sagaFunctions.map(({ name }) => `booking-saga-local-${name}`).sort(),
    );
    expect(new Set(functions.map((each) => each.role)).size).toBe(functions.length);
    expect(new Set(functions.map((each) => each.logging_config.log_group)).size).toBe(functions.length);
    for (const each of functions) {
      expect(each).toMatchObject({
        runtime: 'nodejs22.x',
        architectures: ['arm64'],
        handler: 'index.handler',
        tracing_config: { mode: 'Active' },
        memory_size: 512,
      });
      const logGroup = local.resource('aws_cloudwatch_log_group', { name: `/aws/lambda/${each.function_name}` });
      expect(logGroup.retention_in_days).toBe(1);
    }
  });

  it('that move money through Stripe know its key, and another address of it where one is set', () => {
    const payment = { STAGE: 'dev', PAYMENT_PROVIDER: 'stripe' };
    const variablesOf = (environment: NodeJS.ProcessEnv) =>
      lambda(synthesize(environment), 'take-payment', 'dev').environment.variables;
    const [own, other] = [variablesOf(payment), variablesOf({ ...payment, STRIPE_API_BASE: 'http://127.0.0.1:1' })];

    expect(own).toMatchObject({ STAGE: 'dev', STRIPE_SECRET_PARAMETER: stripeKeyParameter({ stage: 'dev' }) });
    expect(other).toEqual({ ...own, STRIPE_API_BASE: 'http://127.0.0.1:1' });
    expect(Object.keys(own)).not.toContain('STRIPE_API_BASE');
  });

  it('of the background keep concurrency for themselves where the account has enough, and no others do', () => {
    const reservedOn = (stack: Synthesized) =>
      Object.values(stack.resources('aws_lambda_function'))
        .filter((each) => each.reserved_concurrent_executions !== undefined)
        .map((each) => [each.function_name, each.reserved_concurrent_executions])
        .sort();
    const background = sagaFunctions.filter(({ role }) => role === 'background').map(({ name }) => name);

    expect(background).toEqual(
      expect.arrayContaining(['credit-loyalty', 'reconcile-bookings', 'redrive-booking', 'audit-seat-holds']),
    );
    expect(reservedOn(synthesize({ STAGE: 'prod', RESERVED_CONCURRENCY: '5' }))).toEqual(
      background.map((name) => [`booking-saga-prod-${name}`, 5]).sort(),
    );
    expect(reservedOn(prod)).toEqual([]);
  });

  it('know the resources that they use by reference', () => {
    const machine = `\${${local.reference('aws_sfn_state_machine')}.arn}`;
    const redriveQueue = `\${${local.reference('aws_sqs_queue', { name: 'booking-saga-local-redrive' })}.url}`;
    const deadLetters = `\${${local.reference('aws_sqs_queue', { name: 'booking-saga-local-dead-letters' })}.url}`;
    const table = `\${${local.reference('aws_dynamodb_table')}.name}`;
    const own = (name: string): Json => {
      const {
        STAGE: _stage,
        LOG_LEVEL: _level,
        POWERTOOLS_SERVICE_NAME: _service,
        POWERTOOLS_METRICS_NAMESPACE: _namespace,
        ...rest
      } = lambda(local, name).environment.variables;
      return rest;
    };

    expect(own('health')).toEqual({});
    expect(own('reserve-hotel')).toEqual({ TABLE_NAME: table });
    expect(own('refund-payment')).toEqual({ TABLE_NAME: table, CANCEL_FAILURE_RATE: '0' });
    expect(own('notify-booking-failed')).toEqual({
      TABLE_NAME: table,
      BOOKING_TOPIC_ARN: `\${${local.reference('aws_sns_topic')}.arn}`,
    });
    expect(own('start-booking')).toEqual({ TABLE_NAME: table, STATE_MACHINE_ARN: machine });
    expect(own('redrive-booking')).toEqual({
      TABLE_NAME: table,
      STATE_MACHINE_ARN: machine,
      REDRIVE_QUEUE_URL: redriveQueue,
      REDRIVE_DELAY_SECONDS: '1',
      DEAD_LETTER_QUEUE_URL: deadLetters,
      BOOKING_TOPIC_ARN: `\${${local.reference('aws_sns_topic')}.arn}`,
    });
    expect(own('reconcile-bookings')).toEqual({
      TABLE_NAME: table,
      STATE_MACHINE_ARN: machine,
      RECONCILE_AGE_SECONDS: expect.stringMatching(/^\d+$/),
    });
  });

  it('log and measure under the names that the dashboard looks for', () => {
    expect(lambda(local, 'health').environment.variables).toEqual({
      STAGE: 'local',
      LOG_LEVEL: 'INFO',
      POWERTOOLS_SERVICE_NAME: 'booking',
      POWERTOOLS_METRICS_NAMESPACE: 'HolidayBooking/local',
    });
  });
});
