import { describe, expect, it } from '@jest/globals';
import { sentencesOf, type Values } from './judged.ts';

describe('an alarm', () => {
  const alarm = {
    alarm_name: 'booking-saga-prod-late',
    alarm_actions: ['arn:topic'],
    comparison_operator: 'GreaterThanThreshold',
    threshold: 1,
    period: 60,
    evaluation_periods: 2,
  };
  it.each<[string, Values, Values, string | undefined]>([
    ['actions turned off', {}, { actions_enabled: false }, 'has its actions turned off'],
    ['actions that were off before', { actions_enabled: false }, { actions_enabled: false, threshold: 1 }, undefined],
    ['no actions any more', {}, { alarm_actions: [] }, 'loses its actions'],
    ['a higher threshold', {}, { threshold: 5 }, 'rings at 5 instead of 1 only'],
    ['a lower threshold', {}, { threshold: 0 }, undefined],
    [
      'a lower lower bound',
      { comparison_operator: 'LessThanThreshold' },
      { threshold: 0 },
      'rings at 0 instead of 1 only',
    ],
    ['a higher lower bound', { comparison_operator: 'LessThanThreshold' }, { threshold: 5 }, undefined],
    ['more periods', {}, { evaluation_periods: 5 }, 'rings after 300 s instead of 120 s'],
    ['fewer data points', { datapoints_to_alarm: 2 }, { datapoints_to_alarm: 1, evaluation_periods: 5 }, undefined],
  ])('given %s, when the plan is judged, then the sentence says what is weaker', (_, old, fresh, said) => {
    expect(sentencesOf('aws_cloudwatch_metric_alarm', { ...alarm, ...old }, { ...alarm, ...old, ...fresh })).toEqual(
      said === undefined ? [] : [`The alarm late ${said}.`],
    );
  });

  it('given actions that are not known before the apply, when the plan is judged, then they are not lost', () => {
    const { alarm_actions: _, ...after } = alarm;
    expect(sentencesOf('aws_cloudwatch_metric_alarm', alarm, after, { alarm_actions: true })).toEqual([]);
  });
});

describe('a managed policy', () => {
  const type = 'aws_iam_role_policy_attachment';
  const attached = { role: 'r', policy_arn: 'arn:p' };

  it.each<[string, Values | null, Values, string[]]>([
    ['a new attachment', null, attached, ['attaches the managed policy arn:p']],
    ['another policy', attached, { role: 'r', policy_arn: 'arn:q' }, ['attaches the managed policy arn:q']],
    ['another role', attached, { role: 's', policy_arn: 'arn:p' }, ['attaches the managed policy arn:p']],
    ['another note', attached, { ...attached, note: 'x' }, []],
  ])('given %s, when the plan is judged, then only what is attached anew is told', (_, before, after, said) => {
    expect(sentencesOf(type, before, after)).toEqual(said.map((each) => expect.stringContaining(each)));
  });

  it('given a policy that is made with the attachment, when the plan is judged, then the sentence says that it is not known', () => {
    expect(sentencesOf(type, null, { role: 'r' }, { policy_arn: true })).toEqual([
      expect.stringContaining('attaches the managed policy that is not known yet'),
    ]);
  });

  it('given a role that is replaced too, when the plan is judged, then the same policy counts as attached before', () => {
    expect(sentencesOf(type, attached, { policy_arn: 'arn:p' }, { role: true })).toEqual([]);
  });

  it.each<[string, Values, Values, Values, string[]]>([
    [
      'another inline policy',
      { inline_policy: [] },
      { inline_policy: [{ name: 'x' }] },
      {},
      ['changes its inline pol'],
    ],
    ['inline policies that are not known', { inline_policy: [{ name: 'x' }] }, {}, { inline_policy: true }, []],
    ['a boundary that is not known', { permissions_boundary: 'arn:b' }, {}, { permissions_boundary: true }, []],
    ['no boundary any more', { permissions_boundary: 'arn:b' }, {}, {}, ['is no longer bounded by arn:b']],
  ])('given a role with %s, when the plan is judged, then the role is named', (_, before, after, unknown, said) => {
    const role = { name: 'booking-saga-prod-pay' };
    expect(sentencesOf('aws_iam_role', { ...role, ...before }, { ...role, ...after }, unknown)).toEqual(
      said.map((each) => expect.stringMatching(new RegExp(`^The role pay ${each}`))),
    );
  });
});

it.each<[string, string, Values, Values, string[]]>([
  [
    'a queue',
    'aws_sqs_queue',
    { message_retention_seconds: 7200 },
    { message_retention_seconds: 90 },
    ['The queue q keeps a message for 90 seconds instead of 7200 seconds: what is older is deleted.'],
  ],
  [
    'a queue whose time is no number',
    'aws_sqs_queue',
    { message_retention_seconds: 7200 },
    { message_retention_seconds: '90' },
    [],
  ],
  [
    'a topic without its key',
    'aws_sns_topic',
    { kms_master_key_id: 'alias/k' },
    { kms_master_key_id: '' },
    ['The topic q keeps its messages unencrypted.'],
  ],
  [
    'a log without its key',
    'aws_cloudwatch_log_group',
    { kms_key_id: 'arn:k' },
    {},
    ['The log q is encrypted by a key of AWS alone.'],
  ],
  [
    'a target without its dead-letter queue',
    'aws_cloudwatch_event_target',
    { dead_letter_config: [{ arn: 'a' }] },
    { dead_letter_config: [] },
    ['The target of the rule of R loses its dead-letter queue: what fails there is lost.'],
  ],
])('given %s, when the plan is judged, then the sentence says what is lost', (_, type, before, after, said) => {
  expect(sentencesOf(type, { name: 'q', ...before }, { name: 'q', ...after })).toEqual(said);
});
