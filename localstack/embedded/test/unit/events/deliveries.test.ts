import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { executionStatusEvent } from '#embedded/events/index.ts';
import { createStore } from '#embedded/store/index.ts';
import { AwsError } from '#embedded/types.ts';
import {
  anEvent,
  aTarget,
  ended,
  failures,
  queueArn,
  ruleArn,
  sent,
  setFailures,
  start,
  warnings,
} from './events-setup.ts';

const deadArn = 'arn:aws:sqs:us-east-1:000000000000:dead';

describe('a delivery that fails', () => {
  it('is tried again', async () => {
    setFailures([new Error('busy'), new Error('busy'), new Error('busy')]);
    await start([ended], [aTarget('ended', queueArn)]).put(anEvent());

    expect(sent).toHaveLength(1);
    expect(warnings).toEqual([]);
  });

  it('ends in the dead-letter queue after the fourth attempt', async () => {
    setFailures([1, 2, 3, 4].map(() => new Error('busy')));
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
          ERROR_CODE: { DataType: 'String', StringValue: 'INTERNAL_ERROR' },
          ERROR_MESSAGE: { DataType: 'String', StringValue: 'busy' },
          EXHAUSTED_RETRY_CONDITION: { DataType: 'String', StringValue: 'MaximumRetryAttempts' },
          RETRY_ATTEMPTS: { DataType: 'String', StringValue: '3' },
        }),
      ],
    ]);
  });

  it.each([
    ['AccessDeniedException', 'NO_PERMISSIONS'],
    ['QueueDoesNotExist', 'NO_RESOURCE'],
    ['ResourceNotFoundException', 'NO_RESOURCE'],
  ])('by %s ends there at once as %s', async (code, letterCode) => {
    setFailures([new AwsError(code, 'no')]);
    await start([ended], [aTarget('ended', queueArn, { dead_letter_config: { arn: deadArn } })]).put(anEvent());

    expect(sent[0]?.[3]).toMatchObject({ ERROR_CODE: { StringValue: letterCode } });
    expect(sent[0]?.[3]).not.toHaveProperty('RETRY_ATTEMPTS');
  });

  it('is not tried again when it is not allowed, and the loss is told', async () => {
    setFailures([new AwsError('AccessDenied', 'the queue policy says no', 403)]);
    await start([ended], [aTarget('ended', queueArn)]).put(anEvent());

    expect(sent).toEqual([]);
    expect(warnings).toEqual([expect.stringMatching(/ended-target: no delivery.*says no; the event is lost/)]);
  });

  it('is tried as often as the target’s policy says', async () => {
    setFailures([new Error('busy'), new Error('busy')]);
    await start([ended], [aTarget('ended', queueArn, { retry_policy: { maximum_retry_attempts: 0 } })]).put(anEvent());

    expect(sent).toEqual([]);
    expect(failures).toHaveLength(1);
  });
});

describe('a delivery that a process did not end', () => {
  /** As in a process that was killed before it came to it. */
  const never = new Promise<void>(() => {});

  it('is made by the next process, once', async () => {
    const store = createStore();
    void start([ended], [aTarget('ended', queueArn)], { store, ready: never }).put(anEvent());
    await setImmediate();
    expect(sent).toEqual([]);

    start([ended], [aTarget('ended', queueArn)], { store });
    await setImmediate();
    expect(sent).toHaveLength(1);

    start([ended], [aTarget('ended', queueArn)], { store });
    await setImmediate();
    expect(sent).toHaveLength(1);
  });

  it('given one whose retry the end of the process cut short, then the next process tries again', async () => {
    const store = createStore();
    setFailures([new Error('busy')]);
    const first = start([ended], [aTarget('ended', queueArn)], { store, retryDelayMs: 60_000 });
    const delivery = first.put(anEvent());
    await setImmediate();
    await first.close();
    await delivery;
    expect([sent, warnings]).toEqual([[], []]);

    start([ended], [aTarget('ended', queueArn)], { store });
    await setImmediate();
    expect(sent).toHaveLength(1);
  });

  it('is told as lost where the stack has its target no more', () => {
    const store = createStore();
    void start([ended], [aTarget('ended', queueArn)], { store, ready: never }).put(anEvent());

    start([ended], [], { store });
    expect(warnings).toEqual([expect.stringMatching(/is lost: the stack has no target ended-target of rule ended/)]);
    expect([...store.collection('event deliveries').entries()]).toEqual([]);
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
        input: '{"order_id":"o1"}',
        output: null,
        stateMachineVersionArn: null,
        stateMachineAliasArn: null,
        redriveCount: 0,
        redriveDate: null,
        redriveStatus: 'REDRIVABLE',
        redriveStatusReason: null,
        inputDetails: { included: true },
        outputDetails: null,
        error: 'OrderFailed',
        cause: null,
      },
    });
  });

  it('tells when it was redriven, and that one that runs cannot be', () => {
    const change = {
      executionArn: 'arn:e',
      stateMachineArn: 'arn:m',
      name: 'e',
      status: 'RUNNING',
      input: '{}',
    } as const;
    const none = { stopDate: null, output: null, error: null, cause: null };
    const redrive = { count: 2, date: 1_700_000_001_456 };

    expect(
      executionStatusEvent({ ...change, ...none, startDate: 0, redrive }, { region: 'us-east-1', accountId: '0' }),
    ).toMatchObject({
      time: '2023-11-14T22:13:21Z',
      detail: { redriveCount: 2, redriveDate: redrive.date, redriveStatus: 'NOT_REDRIVABLE' },
    });
  });

  it('leaves an input out that is too long', () => {
    const { detail } = anEvent('FAILED', JSON.stringify('x'.repeat(248 * 1024)));

    expect(detail).toMatchObject({ input: null, inputDetails: { included: false } });
  });
});
