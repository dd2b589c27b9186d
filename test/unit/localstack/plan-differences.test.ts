import { describe, expect, it } from '@jest/globals';
import { knownDifferences } from '../../../localstack/deploy/known-differences.ts';
import { differencesOf, judge, summaryOf, type TerraformPlan } from '../../../localstack/deploy/plan-differences.ts';

type Change = NonNullable<TerraformPlan['resource_changes']>[number]['change'];

const planOf = (type: string, change: Change, mode = 'managed'): TerraformPlan => ({
  resource_changes: [{ address: `${type}.It`, type, mode, change }],
});
const attributesOf = (before: unknown, after: unknown): (string | undefined)[] =>
  differencesOf(planOf('aws_sqs_queue', { actions: ['update'], before, after })).map(({ attribute }) => attribute);

describe('differences of a plan', () => {
  it('given an update, when read, then each changed leaf is named once and without list positions', () => {
    const before = { name: 'a', delay: 1, rules: [{ to: 'x' }, { to: 'y' }], tags: { Stage: 'local' } };
    const after = { name: 'a', delay: 2, rules: [{ to: 'x2' }, { to: 'y2' }], tags: { Stage: 'local', New: 'one' } };
    expect(attributesOf(before, after)).toEqual(['delay', 'rules.to', 'tags.New']);
  });

  it('given a block that the target does not return, when read, then its attributes are the difference', () => {
    expect(attributesOf({ tracing: [] }, { tracing: [{ enabled: true }] })).toEqual(['tracing']);
    expect(attributesOf({ tracing: [{ enabled: false }] }, { tracing: [{ enabled: true }] })).toEqual([
      'tracing.enabled',
    ]);
  });

  it('given a value that is known only after the apply, when read, then it is none', () => {
    expect(attributesOf({ delay: 1, revision: 'r1' }, { delay: 2 })).toEqual(['delay']);
  });

  it('given lists of plain values, when they differ, then the list is named', () => {
    expect(attributesOf({ actions: ['a'] }, { actions: ['a', 'b'] })).toEqual(['actions']);
    expect(attributesOf({ actions: ['a'] }, { actions: ['a'] })).toEqual([undefined]);
  });

  it.each([[['create']], [['delete']], [['delete', 'create']]])(
    'given %j, then it counts even without attributes',
    (actions) => {
      expect(differencesOf(planOf('aws_sqs_queue', { actions, before: actions[1] ? {} : null, after: {} }))).toEqual([
        { address: 'aws_sqs_queue.It', resource: 'aws_sqs_queue', attribute: undefined, action: actions.join('+') },
      ]);
    },
  );

  it('given nothing to do or data to read, then there is no difference', () => {
    expect(differencesOf({})).toEqual([]);
    expect(differencesOf(planOf('aws_sqs_queue', { actions: ['no-op'], before: { a: 1 }, after: { a: 1 } }))).toEqual(
      [],
    );
    expect(differencesOf(planOf('aws_region', { actions: ['read'], after: { a: 1 } }, 'data'))).toEqual([]);
  });
});

describe('known differences', () => {
  const known = [
    { target: 'localstack', resource: 'aws_sfn_state_machine', attribute: 'tracing_configuration', reason: 'untold' },
  ] as const;
  const difference = (change: Partial<ReturnType<typeof differencesOf>[number]> = {}) => ({
    address: 'aws_sfn_state_machine.Saga',
    resource: 'aws_sfn_state_machine',
    attribute: 'tracing_configuration.enabled',
    action: 'update',
    ...change,
  });

  it('given a listed attribute or one below it, when judged, then it is known with its reason', () => {
    const both = [difference(), difference({ attribute: 'tracing_configuration' })];
    const { known: found, unknown } = judge(both, 'localstack', known);
    expect(found.map(({ reason }) => reason)).toEqual(['untold', 'untold']);
    expect(unknown).toEqual([]);
  });

  it.each([
    ['another attribute', difference({ attribute: 'definition' })],
    ['an attribute that only begins alike', difference({ attribute: 'tracing_configuration_2' })],
    ['another type', difference({ resource: 'aws_lambda_function' })],
    ['a replacement', difference({ action: 'delete+create' })],
    ['a resource made anew', difference({ action: 'create', attribute: undefined })],
  ])('given %s, when judged, then it is unknown', (_, one) => {
    expect(judge([one], 'localstack', known)).toEqual({ known: [], unknown: [one] });
  });

  it('given a difference listed for another target, when judged, then it is unknown', () => {
    expect(judge([difference()], 'ministack', known).unknown).toHaveLength(1);
    expect(judge([difference()], 'other', known).unknown).toHaveLength(1);
  });

  it('given the list itself, then every entry is there once and has a reason', () => {
    const keys = knownDifferences.map(({ target, resource, attribute }) => `${target} ${resource} ${attribute}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(knownDifferences.filter(({ reason }) => reason.trim() === '')).toEqual([]);
  });
});

describe('summary of differences', () => {
  it('given the same attribute of many, when printed, then it is one line; a single one is named', () => {
    const alarm = { resource: 'aws_alarm', attribute: 'period', action: 'update', reason: 'untold' };
    const lines = summaryOf([
      { ...alarm, address: 'aws_alarm.A' },
      { ...alarm, address: 'aws_alarm.B' },
      { address: 'aws_sqs_queue.Redrive', resource: 'aws_sqs_queue', attribute: undefined, action: 'create' },
    ]);
    expect(lines).toEqual(['update aws_alarm.period (2 of them): untold', 'create aws_sqs_queue (Redrive)']);
  });
});
