import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { stageConfig } from '#infra/config.ts';
import { projectRoot } from '#infra/paths.ts';
import { functionsOf } from '#infra/saga-functions.ts';
import { indexes } from '#schema/table.ts';
import { alarmsOf, stackOf } from './support/alarms.ts';
import { productionSettings } from './support/production.ts';
import { type Json, synthesize } from './support/synthesized.ts';

describe('an alarm', () => {
  const watching = (metric: string): Json[] => alarmsOf('prod').filter(({ metric_name }) => metric_name === metric);
  const named = (name: string): Json =>
    stackOf('prod').resource('aws_cloudwatch_metric_alarm', { alarm_name: `booking-saga-prod-${name}` });
  const nameOf = (type: string, name: string, attribute = 'name'): string =>
    `\${${stackOf('prod').reference(type, { [attribute]: `booking-saga-prod-${name}` })}.${attribute}}`;
  const dimensionsOf = (metric: string): Json[] => watching(metric).map(({ dimensions }) => dimensions);

  it('watches the API’s 5xx answers, since handlers turn every exception into an answer', () => {
    expect(dimensionsOf('5xx')).toEqual([{ ApiId: `\${${stackOf('prod').reference('aws_apigatewayv2_api')}.id}` }]);
  });

  it('looks at fences and closings that fail, and says so: a layer that fails has a dead letter', () => {
    const counting = globSync('functions/**/*.ts', { cwd: projectRoot }).filter((file) =>
      readFileSync(join(projectRoot, file), 'utf8').includes("'FailedCancellation'"),
    );

    expect(counting).toEqual(['functions/booking/steps/booking-steps.ts']);
    expect(named('failed-cancellations')).toMatchObject({
      metric_name: 'FailedCancellation',
      alarm_description: expect.stringMatching(/cancel-booking and close-booking.*dead letter/),
    });
  });

  it('looks at letters in every dead-letter queue', () => {
    const queues = Object.values(stackOf('prod').resources('aws_sqs_queue'))
      .filter(({ redrive_policy }) => redrive_policy === undefined)
      .map(({ name }) => nameOf('aws_sqs_queue', name.replace('booking-saga-prod-', '')));

    expect(queues).toHaveLength(5);
    expect(
      dimensionsOf('ApproximateNumberOfMessagesVisible')
        .map(({ QueueName }) => QueueName)
        .sort(),
    ).toEqual(queues.sort());
  });

  it('looks at the age of messages in every queue that a function works off, beyond its delays and retries', () => {
    const work = Object.values(stackOf('prod').resources('aws_sqs_queue')).filter(
      ({ redrive_policy }) => redrive_policy,
    );

    expect(dimensionsOf('ApproximateAgeOfOldestMessage')).toEqual(
      expect.arrayContaining(
        work.map(({ name }) => ({ QueueName: nameOf('aws_sqs_queue', name.replace('booking-saga-prod-', '')) })),
      ),
    );
    const longestDelay = 900;
    for (const { threshold, statistic } of watching('ApproximateAgeOfOldestMessage')) {
      const retries = Math.max(...work.map((each) => 5 * each.visibility_timeout_seconds));
      expect(threshold).toBeGreaterThanOrEqual(longestDelay + retries);
      expect(statistic).toBe('Maximum');
    }
  });

  it('looks at throttles of the table and of each of its indexes, which the table’s own metric leaves out', () => {
    const TableName = `\${${stackOf('prod').reference('aws_dynamodb_table')}.name}`;
    const expected = [
      { TableName },
      ...Object.values(indexes).map(({ name }) => ({ TableName, GlobalSecondaryIndexName: name })),
    ];

    expect(new Set(dimensionsOf('ReadThrottleEvents'))).toEqual(new Set(expected));
    expect(new Set(dimensionsOf('WriteThrottleEvents'))).toEqual(new Set(expected));
  });

  it('looks at every rule’s failed invocations, and at letters that did not even reach their queue', () => {
    const rules = Object.values(stackOf('prod').resources('aws_cloudwatch_event_rule')).map(({ name }) => ({
      RuleName: nameOf('aws_cloudwatch_event_rule', name.replace('booking-saga-prod-', '')),
    }));

    expect(dimensionsOf('FailedInvocations')).toEqual(expect.arrayContaining(rules));
    expect(dimensionsOf('InvocationsFailedToBeSentToDlq')).toEqual(expect.arrayContaining(rules));
    const topic = { TopicName: nameOf('aws_sns_topic', 'booking') };
    expect(dimensionsOf('NumberOfNotificationsFailed')).toEqual([topic]);
    expect(dimensionsOf('NumberOfNotificationsFailedToRedriveToDlq')).toEqual([topic]);
  });

  it('watches the throttles of Step Functions for the account: transitions, and the calls of functions', () => {
    const expected = [
      { ServiceMetric: 'StateTransition' },
      { APIName: 'StartExecution' },
      { APIName: 'DescribeExecution' },
      { APIName: 'GetExecutionHistory' },
    ];
    expect(new Set(dimensionsOf('ThrottledEvents'))).toEqual(new Set(expected));
  });

  it('rings when the reconciler is silent for three of its periods', () => {
    expect(named('silent-reconciler')).toMatchObject({
      metric_name: 'ReconcilerRuns',
      statistic: 'Sum',
      period: 15 * 60,
      comparison_operator: 'LessThanThreshold',
      threshold: 1,
      treat_missing_data: 'breaching',
    });
  });

  it('watches every function for throttles, and every background function for errors', () => {
    const functions = functionsOf(stageConfig({ ...productionSettings }));
    const on = (metric: string): string[] => dimensionsOf(metric).map(({ FunctionName }) => FunctionName);
    const reference = ({ name }: { name: string }) => nameOf('aws_lambda_function', name, 'function_name');

    expect(on('Throttles').sort()).toEqual(functions.map(reference).sort());
    expect(on('Errors').sort()).toEqual(
      functions
        .filter(({ role }) => role === 'background')
        .map(reference)
        .sort(),
    );
  });

  it('of any other kind rings at the first occurrence and stays quiet where there is none', () => {
    const others = alarmsOf('prod').filter(
      ({ metric_name }) =>
        !['ReconcilerRuns', 'SeatAuditAgeSeconds', 'ApproximateAgeOfOldestMessage'].includes(metric_name),
    );

    expect(others.length).toBeGreaterThan(40);
    for (const alarm of others) {
      expect(alarm).toMatchObject({
        threshold: 0,
        comparison_operator: 'GreaterThanThreshold',
        treat_missing_data: 'notBreaching',
        evaluation_periods: 1,
      });
    }
  });

  it('notifies the alarm topic, which mails to the address of alarms and to no other', () => {
    const topic = stackOf('prod').reference('aws_sns_topic', { name: 'booking-saga-prod-alarms' });

    for (const alarm of alarmsOf('prod')) {
      expect(alarm.alarm_actions).toEqual([`\${${topic}.arn}`]);
      expect(alarm.ok_actions).toEqual([`\${${topic}.arn}`]);
    }
    expect(stackOf('prod').resource('aws_sns_topic_subscription', { protocol: 'email' })).toMatchObject({
      topic_arn: `\${${topic}.arn}`,
      endpoint: productionSettings.ALARM_EMAIL,
    });
  });

  it('sends no mail on stages without an address', () => {
    expect(alarmsOf('dev').filter(({ alarm_actions }) => alarm_actions)).toEqual([]);
    const told = synthesize({ STAGE: 'dev', ALARM_EMAIL: 'dev@example.com' });
    expect(told.resource('aws_sns_topic_subscription', { protocol: 'email' }).endpoint).toBe('dev@example.com');
  });
});

describe('the runbook', () => {
  const runbook = readFileSync(join(projectRoot, 'docs/runbook.md'), 'utf8');
  const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading = '']) =>
    heading.toLowerCase().replaceAll(' ', '-'),
  );

  it('has a page for each alarm, which the alarm names, and no other', () => {
    const linked = alarmsOf('prod').map(({ alarm_description: text }) => /docs\/runbook\.md#(\S+)$/.exec(text)?.[1]);

    expect(new Set(linked)).toEqual(new Set(headings));
  });

  it('is linked where the synth is told its address', () => {
    const { resource } = JSON.parse(synthesize({ STAGE: 'dev', RUNBOOK_URL: 'https://example.com/runbook' }).text);

    for (const { alarm_description: text } of Object.values<Json>(resource.aws_cloudwatch_metric_alarm)) {
      expect(text).toMatch(/ https:\/\/example\.com\/runbook#[a-z-]+$/);
    }
  });

  it('says on each page what the alarm means, how to look, and what to do', () => {
    for (const page of runbook.split(/^## /m).slice(1)) {
      for (const part of ['**Meaning.** ', '**Look.** ', '**Do.** ']) expect(page).toContain(`\n${part}`);
    }
  });

  it('links to pages that are there', () => {
    for (const [, page] of runbook.matchAll(/\]\(#([^)]+)\)/g)) expect(headings).toContain(page);
  });
});
