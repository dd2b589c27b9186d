import { afterEach, beforeEach } from '@jest/globals';
import { createEvents, type Events, type EventsOptions, executionStatusEvent } from '#embedded/events/index.ts';
import type { StackResource } from '#embedded/types.ts';

const environment = { region: 'us-east-1', accountId: '000000000000' };

export const ruleArn = (name: string) => `arn:aws:events:us-east-1:000000000000:rule/${name}`;

export const queueArn = 'arn:aws:sqs:us-east-1:000000000000:ended';

export const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:reconcile';

export const aRule = (name: string, attributes: StackResource['attributes']): StackResource => ({
  type: 'aws_cloudwatch_event_rule',
  name,
  attributes: { name, arn: ruleArn(name), ...attributes },
});

export const aTarget = (rule: string, arn: string, attributes: StackResource['attributes'] = {}): StackResource => ({
  type: 'aws_cloudwatch_event_target',
  name: `${rule}-target`,
  attributes: { rule, arn, ...attributes },
});

export const ended = aRule('ended', {
  event_pattern: JSON.stringify({ source: ['aws.states'], detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'] } }),
});

export const hourly = aRule('hourly', { schedule_expression: 'rate(1 hour)' });

export const anEvent = (status = 'FAILED', input = '{"order_id":"o1"}') =>
  executionStatusEvent(
    {
      executionArn: 'arn:aws:states:us-east-1:000000000000:execution:m:t1.x',
      stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:m',
      name: 't1.x',
      status: status as 'FAILED',
      startDate: 1_700_000_000_123,
      stopDate: 1_700_000_001_456,
      input,
      output: null,
      error: 'OrderFailed',
      cause: null,
    },
    environment,
  );

export let sent: unknown[][];

export let invoked: unknown[][];

export let warnings: string[];

/** Errors to throw, one a delivery, before deliveries to the queue succeed. */
export let failures: Error[];

export let events: Events | undefined;

export const start = (rules: StackResource[], targets: StackResource[], more: Partial<EventsOptions> = {}): Events => {
  events = createEvents({
    rules,
    targets,
    environment,
    sendToQueue: async (arn, ...rest) => {
      const failure = arn === queueArn ? failures.shift() : undefined;
      if (failure) throw failure;
      sent.push([arn, ...rest]);
    },
    invokeFunction: async (...all) => {
      invoked.push(all);
      return { ended: Promise.resolve() };
    },
    schedule: { disabled: true },
    retryDelayMs: 1,
    warn: (message) => void warnings.push(message),
    ...more,
  });
  return events;
};

beforeEach(() => {
  sent = [];
  invoked = [];
  warnings = [];
  failures = [];
  events = undefined;
});

afterEach(() => events?.close());

export const setFailures = (value: typeof failures): void => {
  failures = value;
};
