import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  createEvents,
  type EventBridgeEvent,
  type Events,
  type EventsOptions,
  executionStatusEvent,
} from '#embedded/events/index.ts';
import { AwsError, OUTSIDE, type StackResource } from '#embedded/types.ts';

const environment = { region: 'us-east-1', accountId: '000000000000' };
const ruleArn = (name: string) => `arn:aws:events:us-east-1:000000000000:rule/${name}`;
const queueArn = 'arn:aws:sqs:us-east-1:000000000000:ended';
const deadArn = 'arn:aws:sqs:us-east-1:000000000000:dead';
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:reconcile';

const aRule = (name: string, attributes: StackResource['attributes']): StackResource => ({
  type: 'aws_cloudwatch_event_rule',
  name,
  attributes: { name, arn: ruleArn(name), ...attributes },
});

const aTarget = (rule: string, arn: string, attributes: StackResource['attributes'] = {}): StackResource => ({
  type: 'aws_cloudwatch_event_target',
  name: `${rule}-target`,
  attributes: { rule, arn, ...attributes },
});

const ended = aRule('ended', {
  event_pattern: JSON.stringify({ source: ['aws.states'], detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'] } }),
});
const hourly = aRule('hourly', { schedule_expression: 'rate(1 hour)' });

const anEvent = (status = 'FAILED', input = '{"trip_id":"t1"}') =>
  executionStatusEvent(
    {
      executionArn: 'arn:aws:states:us-east-1:000000000000:execution:m:t1.x',
      stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:m',
      name: 't1.x',
      status: status as 'FAILED',
      startDate: 1_700_000_000_123,
      stopDate: 1_700_000_001_456,
      input,
      error: 'BookingFailed',
    },
    environment,
  );

let sent: unknown[][];
let invoked: unknown[][];
let warnings: string[];
/** Errors to throw, one a delivery, before deliveries to the queue succeed. */
let failures: Error[];
let events: Events | undefined;

const start = (rules: StackResource[], targets: StackResource[], more: Partial<EventsOptions> = {}): Events => {
  events = createEvents({
    rules,
    targets,
    environment,
    sendToQueue: async (arn, ...rest) => {
      const failure = arn === queueArn ? failures.shift() : undefined;
      if (failure) throw failure;
      sent.push([arn, ...rest]);
    },
    invokeFunction: async (...all) => void invoked.push(all),
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
      JSON.stringify({ status: 'FAILED', text: 'was FAILED by ended: {"trip_id":"t1"}', detail: { included: true } }),
    ],
    [
      'input_transformer to plain text',
      { input_transformer: [{ input_template: '"rule <aws.events.rule-arn>"' }] },
      `"rule ${ruleArn('ended')}"`,
    ],
  ])('gives its target what %s says', async (_what, attributes, body) => {
    await start([ended], [aTarget('ended', queueArn, attributes)]).put(anEvent());

    expect(JSON.parse(String(sent[0]?.[1]))).toEqual(JSON.parse(body));
  });
});

describe('a delivery that fails', () => {
  it('is tried again', async () => {
    failures = [new Error('busy'), new Error('busy'), new Error('busy')];
    await start([ended], [aTarget('ended', queueArn)]).put(anEvent());

    expect(sent).toHaveLength(1);
    expect(warnings).toEqual([]);
  });

  it('ends in the dead-letter queue after the fourth attempt', async () => {
    failures = [1, 2, 3, 4].map(() => new Error('busy'));
    const event = anEvent();
    await start([ended], [aTarget('ended', queueArn, { dead_letter_config: { arn: deadArn } })]).put(event);

    expect(sent).toEqual([
      [
        deadArn,
        JSON.stringify(event),
        ruleArn('ended'),
        expect.objectContaining({
          RULE_ARN: { DataType: 'String', StringValue: ruleArn('ended') },
          TARGET_ARN: { DataType: 'String', StringValue: queueArn },
          ERROR_MESSAGE: { DataType: 'String', StringValue: 'busy' },
        }),
      ],
    ]);
  });

  it('is not tried again when it is not allowed, and the loss is told', async () => {
    failures = [new AwsError('AccessDenied', 'the queue policy says no', 403)];
    await start([ended], [aTarget('ended', queueArn)]).put(anEvent());

    expect(sent).toEqual([]);
    expect(warnings).toEqual([expect.stringMatching(/ended-target: no delivery.*says no; the event is lost/)]);
  });

  it('is tried as often as the target’s policy says', async () => {
    failures = [new Error('busy'), new Error('busy')];
    await start([ended], [aTarget('ended', queueArn, { retry_policy: [{ maximum_retry_attempts: 0 }] })]).put(
      anEvent(),
    );

    expect(sent).toEqual([]);
    expect(failures).toHaveLength(1);
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
        invokeFunction: async () => resolve(),
      });
    });
  });

  it('is named when an unknown one is fired', async () => {
    await expect(start([hourly], []).fire('nightly')).rejects.toThrow('no scheduled rule nightly; known: hourly');
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
    ['neither pattern nor schedule', [aRule('r', {})], [], 'aws_cloudwatch_event_rule.r: needs'],
    ['a bad schedule', [aRule('r', { schedule_expression: 'hourly' })], [], 'neither rate'],
    ['another bus', [aRule('r', { schedule_expression: 'rate(1 hour)', event_bus_name: 'mine' })], [], 'no event bus'],
    ['a target without its rule', [], [aTarget('r', queueArn)], 'aws_cloudwatch_event_target.r-target: rule r is not'],
    [
      'a target that nobody serves',
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
    ['input that is not JSON', [hourly], [aTarget('hourly', queueArn, { input: 'hello' })], 'hourly-target'],
  ])('%s', (_what, rules, targets, message) => {
    expect(() => start(rules, targets)).toThrow(message);
  });
});

describe('the API', () => {
  const entry = { Source: 'shop', DetailType: 'Sold', Detail: '{"n":1}', Resources: ['r'], Time: 1_700_000_000 };

  it('puts events in an envelope', async () => {
    const rule = aRule('sold', { event_pattern: '{"source":["shop"]}' });
    const arrived = new Promise((resolve) => {
      start([rule], [aTarget('sold', functionArn)], { invokeFunction: async (_arn, payload) => resolve(payload) });
    });
    const answer = await events?.call('PutEvents', { Entries: [entry] }, OUTSIDE);

    expect(answer).toEqual({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }] });
    expect(await arrived).toEqual({
      version: '0',
      id: (answer?.Entries as { EventId: string }[] | undefined)?.[0]?.EventId,
      'detail-type': 'Sold',
      source: 'shop',
      account: '000000000000',
      time: '2023-11-14T22:13:20Z',
      region: 'us-east-1',
      resources: ['r'],
      detail: { n: 1 },
    });
  });

  it.each([
    ['MalformedDetail', { ...entry, Detail: 'x' }],
    ['NotAuthorizedForSource', { ...entry, Source: 'aws.states' }],
    ['InvalidArgument', { ...entry, DetailType: undefined }],
  ])('answers %s for an entry', async (ErrorCode, bad) => {
    expect(await start([], []).call('PutEvents', { Entries: [bad, entry] }, OUTSIDE)).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode }, { EventId: expect.any(String) }],
    });
  });

  it('needs events:PutEvents on the bus', async () => {
    const authorize = (_caller: unknown, action: string, resource: string) => {
      throw new AwsError('AccessDeniedException', `${action} on ${resource}`);
    };
    await expect(start([], [], { authorize }).call('PutEvents', { Entries: [entry] }, OUTSIDE)).rejects.toThrow(
      'events:PutEvents on arn:aws:events:us-east-1:000000000000:event-bus/default',
    );
  });

  it('lists rules', async () => {
    expect(await start([ended, hourly], []).call('ListRules', { NamePrefix: 'h' }, OUTSIDE)).toEqual({
      Rules: [
        {
          Name: 'hourly',
          Arn: ruleArn('hourly'),
          State: 'ENABLED',
          EventBusName: 'default',
          ScheduleExpression: 'rate(1 hour)',
        },
      ],
    });
  });
});

describe('the event of an execution', () => {
  it('has the documented form', () => {
    expect(anEvent()).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'Step Functions Execution Status Change',
      source: 'aws.states',
      account: '000000000000',
      time: '2023-11-14T22:13:21Z',
      region: 'us-east-1',
      resources: ['arn:aws:states:us-east-1:000000000000:execution:m:t1.x'],
      detail: {
        executionArn: 'arn:aws:states:us-east-1:000000000000:execution:m:t1.x',
        stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:m',
        name: 't1.x',
        status: 'FAILED',
        startDate: 1_700_000_000_123,
        stopDate: 1_700_000_001_456,
        input: '{"trip_id":"t1"}',
        output: null,
        stateMachineVersionArn: null,
        stateMachineAliasArn: null,
        redriveCount: 0,
        redriveDate: null,
        redriveStatus: 'REDRIVABLE',
        redriveStatusReason: null,
        inputDetails: { included: true },
        outputDetails: null,
        error: 'BookingFailed',
        cause: null,
      },
    });
  });

  it('leaves an input out that is too long', () => {
    const { detail } = anEvent('FAILED', JSON.stringify('x'.repeat(248 * 1024)));

    expect(detail).toMatchObject({ input: null, inputDetails: { included: false } });
  });
});
