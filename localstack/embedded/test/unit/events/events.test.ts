import { describe, expect, it } from '@jest/globals';
import type { EventBridgeEvent } from '#embedded/events/index.ts';
import {
  anEvent,
  aRule,
  aTarget,
  ended,
  functionArn,
  hourly,
  invoked,
  queueArn,
  ruleArn,
  sent,
  start,
  warnings,
} from './events-setup.ts';

describe('a rule with a pattern', () => {
  it('sends the event to its queue as the rule, and only what matches', async () => {
    const bus = start([ended], [aTarget('ended', queueArn)]);
    const event = anEvent();
    await bus.put(event);
    await bus.put(anEvent('SUCCEEDED'));

    expect(sent).toEqual([[queueArn, JSON.stringify(event), ruleArn('ended')]]);
  });

  it('invokes a function with the event', async () => {
    const event = anEvent();
    await start([ended], [aTarget('ended', functionArn)]).put(event);

    expect(invoked).toEqual([[functionArn, event, ruleArn('ended')]]);
  });

  it.each([{ is_enabled: false }, { state: 'DISABLED' }])('does nothing with %j', async (attributes) => {
    const rule = { ...ended, attributes: { ...ended.attributes, ...attributes } };
    await start([rule], [aTarget('ended', queueArn)]).put(anEvent());

    expect(sent).toEqual([]);
  });

  it.each([
    ['input', { input: '{"a":1}' }, '{"a":1}'],
    ['input_path', { input_path: '$.detail.status' }, '"FAILED"'],
    [
      'input_path into a list',
      { input_path: '$.resources[0]' },
      '"arn:aws:states:us-east-1:000000000000:execution:m:t1.x"',
    ],
    ['input_path in brackets', { input_path: "$['detail-type']" }, '"Step Functions Execution Status Change"'],
    [
      'input_transformer',
      {
        input_transformer: {
          input_paths: { status: '$.detail.status', input: '$.detail.input', detail: '$.detail.inputDetails' },
          input_template:
            '{"status": <status>, "text": "was <status> by <aws.events.rule-name>: <input>", "detail": <detail>}',
        },
      },
      JSON.stringify({ status: 'FAILED', text: 'was FAILED by ended: {"order_id":"o1"}', detail: { included: true } }),
    ],
    [
      'input_transformer to plain text',
      { input_transformer: { input_template: '"rule <aws.events.rule-arn>"' } },
      `"rule ${ruleArn('ended')}"`,
    ],
  ])('gives its target what %s says', async (_what, attributes, body) => {
    await start([ended], [aTarget('ended', queueArn, attributes)]).put(anEvent());

    expect(JSON.parse(String(sent[0]?.[1]))).toEqual(JSON.parse(body));
  });
});

describe('a hook', () => {
  it.each<[string, (event: EventBridgeEvent) => EventBridgeEvent[], number]>([
    ['drops', () => [], 0],
    ['repeats', (event) => [event, event], 2],
  ])('%s events until it is taken away', async (_what, hook, count) => {
    const bus = start([ended], [aTarget('ended', queueArn)]);
    const remove = bus.intercept(hook);
    await bus.put(anEvent());
    expect(sent).toHaveLength(count);

    remove();
    await bus.put(anEvent());
    expect(sent).toHaveLength(count + 1);
  });
});

describe('a scheduled rule', () => {
  it('can be fired, and gives its target AWS’s scheduled event', async () => {
    await start([ended, hourly], [aTarget('ended', queueArn), aTarget('hourly', functionArn)]).fire('hourly');

    expect(sent).toEqual([]);
    expect(invoked).toEqual([
      [
        functionArn,
        {
          version: '0',
          id: expect.any(String),
          'detail-type': 'Scheduled Event',
          source: 'aws.events',
          account: '000000000000',
          time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
          region: 'us-east-1',
          resources: [ruleArn('hourly')],
          detail: {},
        },
        ruleArn('hourly'),
      ],
    ]);
  });

  it('runs by itself', async () => {
    await new Promise<void>((resolve) => {
      start([hourly], [aTarget('hourly', functionArn)], {
        schedule: { scale: 1e-6 },
        invokeFunction: async () => ({ ended: Promise.resolve(resolve()) }),
      });
    });
  });

  it('is named when an unknown one is fired', async () => {
    await expect(start([hourly], []).fire('nightly')).rejects.toThrow('no scheduled rule nightly; known: hourly');
  });
});

describe('a pattern', () => {
  const lengthOf = (length: number) => aRule('r', { event_pattern: `{ "a" : ["${'x'.repeat(length - 10)}"] }` });

  it('that is longer than AWS takes without a raised quota is told', () => {
    start([lengthOf(2_048)], []);
    expect(warnings).toEqual([]);

    start([lengthOf(2_049)], []);
    expect(warnings).toEqual([
      expect.stringMatching(/^aws_cloudwatch_event_rule.r.event_pattern: has 2049 characters.*quota of 2048/),
    ]);
  });
});

describe('a stack that AWS would refuse does not load', () => {
  it.each([
    [
      'a bad pattern',
      [aRule('r', { event_pattern: '{"a":[{"like":"x"}]}' })],
      [],
      'aws_cloudwatch_event_rule.r.event_pattern.a[0]: unknown operator',
    ],
    [
      'a pattern that is longer than AWS ever takes',
      [aRule('r', { event_pattern: JSON.stringify({ a: ['x'.repeat(4_096)] }) })],
      [],
      'aws_cloudwatch_event_rule.r.event_pattern: has 4106 characters, and AWS takes at most 4096',
    ],
    [
      'more targets than a rule has',
      [hourly],
      ['a', 'b', 'c', 'd', 'e', 'f'].map((target_id) => aTarget('hourly', queueArn, { target_id })),
      'aws_cloudwatch_event_rule.hourly: has 6 targets, and AWS takes at most 5',
    ],
    ['neither pattern nor schedule', [aRule('r', {})], [], 'aws_cloudwatch_event_rule.r: needs'],
    ['a bad schedule', [aRule('r', { schedule_expression: 'hourly' })], [], 'aws_cloudwatch_event_rule.r: "hourly" is'],
    ['another bus', [aRule('r', { schedule_expression: 'rate(1 hour)', event_bus_name: 'mine' })], [], 'no event bus'],
    ['a target without its rule', [], [aTarget('r', queueArn)], 'aws_cloudwatch_event_target.r-target: rule r is not'],
    [
      'a target of a service that rules cannot call',
      [hourly],
      [aTarget('hourly', 'arn:aws:kinesis:us-east-1:0:stream/s')],
      'targets are queues and functions',
    ],
    ['two inputs', [hourly], [aTarget('hourly', queueArn, { input: '{}', input_path: '$.detail' })], 'only one of'],
    [
      'a template with an unknown name',
      [hourly],
      [aTarget('hourly', queueArn, { input_transformer: { input_template: '"<x>"' } })],
      '<x>',
    ],
    [
      'more retries than AWS has',
      [hourly],
      [aTarget('hourly', queueArn, { retry_policy: { maximum_retry_attempts: 200 } })],
      'maximum_retry_attempts: is a whole number between 0 and 185, not 200',
    ],
    ['input that is not JSON', [hourly], [aTarget('hourly', queueArn, { input: 'hello' })], 'hourly-target'],
  ])('%s', (_what, rules, targets, message) => {
    expect(() => start(rules, targets)).toThrow(message);
  });
});
