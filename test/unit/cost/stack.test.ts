import { describe, expect, it } from '@jest/globals';
import { stackFactsOf } from '#infra/cost/stack.ts';

/** A reference of Terraform's. */
const referTo = (address: string): string => `\${${address}}`;

const functionOf = (name: string, more: object = {}) => ({
  function_name: `shop-prod-${name}`,
  memory_size: 512,
  tracing_config: { mode: 'Active' },
  ...more,
});

const file = (more: object = {}) => ({
  resource: {
    aws_lambda_function: { Pay_1: functionOf('pay', { publish: true }), Clean_2: functionOf('clean') },
    aws_cloudwatch_metric_alarm: { A: {}, B: {} },
    aws_cloudwatch_dashboard: { D: {} },
    aws_lambda_event_source_mapping: { M: {} },
    aws_cloudwatch_event_rule: { Every: { schedule_expression: 'rate(5 minutes)' }, Ended: { event_pattern: '{}' } },
    aws_cloudwatch_event_target: {
      T: { rule: referTo('aws_cloudwatch_event_rule.Every.name'), arn: referTo('aws_lambda_function.Clean_2.arn') },
    },
    aws_cloudwatch_log_group: { L: { retention_in_days: 14 }, K: { retention_in_days: 365 } },
    aws_dynamodb_table: { Table: { point_in_time_recovery: { enabled: true } } },
    aws_apigatewayv2_stage: {
      S: { default_route_settings: { throttling_rate_limit: 500, detailed_metrics_enabled: true } },
    },
    aws_apigatewayv2_route: { One: {}, Two: {} },
    ...more,
  },
});

describe('what of a stack costs money', () => {
  it('is read off the synthesized file', () => {
    expect(stackFactsOf(file())).toEqual({
      functions: [
        { name: 'pay', memoryMegabytes: 512, isPublished: true },
        { name: 'clean', memoryMegabytes: 512, isPublished: false },
      ],
      alarms: 2,
      dashboards: 1,
      polledQueues: 1,
      schedules: [{ functionName: 'clean', runsAMonth: 8640 }],
      logRetentionDays: 365,
      measuredRoutes: 2,
      isRecoverable: true,
      isTraced: true,
      admittedRequests: 500,
    });
  });

  it('an hour is counted 720 times a month', () => {
    const aws_cloudwatch_event_rule = { Every: { schedule_expression: 'rate(1 hour)' } };

    expect(stackFactsOf(file({ aws_cloudwatch_event_rule })).schedules).toEqual([
      { functionName: 'clean', runsAMonth: 720 },
    ]);
  });

  it('a schedule that is not understood is refused', () => {
    const aws_cloudwatch_event_rule = { Every: { schedule_expression: 'cron(0 1 * * ? *)' } };

    expect(() => stackFactsOf(file({ aws_cloudwatch_event_rule }))).toThrow('cron(0 1');
  });

  it('a schedule of what is no function of the stack is refused', () => {
    const aws_cloudwatch_event_target = {
      T: { rule: referTo('aws_cloudwatch_event_rule.Every.name'), arn: referTo('aws_sqs_queue.Q.arn') },
    };

    expect(() => stackFactsOf(file({ aws_cloudwatch_event_target }))).toThrow(
      `The stack has no function ${referTo('aws_sqs_queue.Q.arn')}`,
    );
  });

  it('a function that names no memory has as much as Lambda gives by default', () => {
    const aws_lambda_function = { Clean_2: functionOf('clean', { memory_size: undefined }) };

    expect(stackFactsOf(file({ aws_lambda_function })).functions).toEqual([
      { name: 'clean', memoryMegabytes: 128, isPublished: false },
    ]);
  });

  it.each([undefined, 0])('a log whose retention is %j, which is for ever, is refused', (retention_in_days) => {
    const aws_cloudwatch_log_group = { L: { retention_in_days: 14 }, K: { retention_in_days } };

    expect(() => stackFactsOf(file({ aws_cloudwatch_log_group }))).toThrow(
      'The log aws_cloudwatch_log_group.K is kept for ever: give it retention_in_days',
    );
  });

  it('a stack without anything costs nothing', () => {
    expect(stackFactsOf({ resource: {} })).toMatchObject({ functions: [], alarms: 0, schedules: [] });
  });
});
