import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Json, type Synthesized, synthesize } from './support/synthesized.ts';

let stack: Synthesized;

beforeAll(() => {
  stack = synthesize({ STAGE: 'dev' });
});

const queue = (name: string): string => stack.reference('aws_sqs_queue', { name: `booking-saga-dev-${name}` });
const arnOf = (name: string): string => `\${${queue(name)}.arn}`;
const allResources = (type: string): Json[] => Object.values(stack.resources(type));

describe('undelivered events and messages', () => {
  it('given an event of any rule, then it is kept in a queue after a day of tries, or when its time is over', () => {
    const targets = allResources('aws_cloudwatch_event_target');

    expect(targets.length).toBe(allResources('aws_cloudwatch_event_rule').length);
    for (const target of targets) {
      expect(target.dead_letter_config).toEqual({ arn: arnOf('undelivered-events') });
      expect(target.retry_policy.maximum_retry_attempts).toBe(185);
    }
    const rule = stack.reference('aws_cloudwatch_event_rule', { name: 'booking-saga-dev-execution-ended' });
    expect(stack.resource('aws_cloudwatch_event_target', { rule: `\${${rule}.name}` }).retry_policy).toEqual({
      maximum_event_age_in_seconds: 86_400,
      maximum_retry_attempts: 185,
    });
  });

  it('given a message of the booking topic, then it is kept in a queue', () => {
    const { redrive_policy } = stack.resource('aws_sns_topic_subscription', { protocol: 'sqs' });

    expect(JSON.parse(redrive_policy)).toEqual({ deadLetterTargetArn: arnOf('undelivered-messages') });
  });

  it('given a scheduled run that fails, then it is not repeated and its record is kept in a queue', () => {
    const scheduled = allResources('aws_lambda_permission').filter(({ principal }) => principal.startsWith('events.'));

    expect(scheduled.length).toBeGreaterThan(0);
    for (const { function_name } of scheduled) {
      expect(stack.resource('aws_lambda_function_event_invoke_config', { function_name })).toMatchObject({
        maximum_retry_attempts: 0,
        destination_config: { on_failure: { destination: arnOf('failed-invocations') } },
      });
    }
  });

  it('given a scheduled event older than the next one, then it is not delivered any more', () => {
    const seconds = (type: string) => allResources(type).map((each) => each.maximum_event_age_in_seconds);
    const rules = allResources('aws_cloudwatch_event_rule').filter(({ schedule_expression }) => schedule_expression);

    expect(rules.map(({ schedule_expression }) => schedule_expression)).toContain('rate(5 minutes)');
    expect(seconds('aws_lambda_function_event_invoke_config')).toContain(300);
  });
});

describe('dead-letter queues', () => {
  const allowPolicies = (): [string, unknown][] =>
    allResources('aws_sqs_queue_redrive_allow_policy').map(({ queue_url, redrive_allow_policy }) => [
      queue_url,
      JSON.parse(redrive_allow_policy),
    ]);
  const byQueue = (name: string) => ({ redrivePermission: 'byQueue', sourceQueueArns: [arnOf(name)] });

  it('serve their own queue, or no queue where their letters come from a rule, a subscription or a function', () => {
    expect(Object.fromEntries(allowPolicies())).toEqual({
      [`\${${queue('dead-letters')}.url}`]: byQueue('redrive'),
      [`\${${queue('loyalty-dead-letters')}.url}`]: byQueue('loyalty'),
      [`\${${queue('undelivered-events')}.url}`]: { redrivePermission: 'denyAll' },
      [`\${${queue('undelivered-messages')}.url}`]: { redrivePermission: 'denyAll' },
      [`\${${queue('failed-invocations')}.url}`]: { redrivePermission: 'denyAll' },
    });
  });

  it('all keep letters as long as SQS does, encrypted with the key that needs no grant', () => {
    const letters = allResources('aws_sqs_queue').filter(({ redrive_policy }) => redrive_policy === undefined);

    expect(letters).toHaveLength(5);
    for (const each of letters) {
      expect(each).toMatchObject({ message_retention_seconds: 14 * 24 * 3600, sqs_managed_sse_enabled: true });
      expect(each).not.toHaveProperty('kms_master_key_id');
    }
  });
});
