import { describe, expect, it } from '@jest/globals';
import type { Change } from '#infra/plan-review/reading/change.ts';
import { readable, wordsFor, wordsForAll } from '#infra/plan-review/words.ts';

const aChange = (type: string, after: Change['after'], name = 'Some_0ABC'): Change => ({
  address: `${type}.${name}`,
  type,
  action: 'create',
  before: undefined,
  after,
  unknown: {},
  replacedFor: [],
});
const queue = (name: string) => aChange('aws_sqs_queue', { name: `booking-saga-dev-${name}` });

describe('a resource in words', () => {
  it.each([
    ['its name, without that of the stage', queue('redrive'), 'the queue redrive'],
    ['a name that is not known yet', aChange('aws_sqs_queue', {}), 'the queue '],
    [
      'an item with an id',
      aChange('aws_dynamodb_table_item', { item: '{"id":{"S":"F1"}}' }),
      'the item F1 of the table',
    ],
    ['an item without one', aChange('aws_dynamodb_table_item', { item: '{}' }), 'the item  of the table'],
    ['an item that is no JSON', aChange('aws_dynamodb_table_item', { item: 'x' }), 'the item  of the table'],
    [
      'what it belongs to',
      aChange('aws_iam_role_policy', {}, 'CancelBooking_Access_EB4'),
      'the permissions of CancelBooking',
    ],
    [
      'the second name of the API',
      aChange('aws_lambda_permission', {}, 'HttpApi_Health_Permission_1'),
      'a permission to call Health',
    ],
    [
      'the API where one more name is its hash',
      aChange('aws_lambda_permission', {}, 'HttpApi_Demo_1'),
      'a permission to call HttpApi',
    ],
    ['the API itself', aChange('aws_lambda_permission', {}, 'HttpApi'), 'a permission to call HttpApi'],
    [
      'a construct whose name begins as that of the API',
      aChange('aws_iam_role_policy', {}, 'HttpApis_A_B_1'),
      'the permissions of HttpApis',
    ],
    [
      'a resource within a module',
      { ...aChange('aws_iam_role_policy', {}), address: 'module.m_1.aws_iam_role_policy.Pay_A_1' },
      'the permissions of Pay',
    ],
    ['its address where there are no words', aChange('aws_kinesis_stream', {}), 'aws_kinesis_stream.Some_0ABC'],
  ])('given %s, then it is told so', (_, change, words) => {
    expect(wordsFor(change)).toBe(words);
  });
});

describe('several resources in words', () => {
  it.each([
    ['none', [], ''],
    ['one', [queue('a')], 'the queue a'],
    ['two', [queue('a'), queue('b')], 'the 2 queues a, b'],
    ['more than are shown', [queue('a'), queue('b'), queue('c')], 'the 3 queues a, b, and 1 more'],
    ['some without words', [aChange('x', {}, 'A'), aChange('x', {}, 'B')], 'x.A, x.B'],
  ])('given %s, then they are one phrase', (_, changes, words) => {
    expect(wordsForAll(changes, 2)).toBe(words);
  });

  it('given a reference in a text, then its type and hash are left out', () => {
    expect(readable(`to \${aws_dynamodb_table.BookingTable_1A2B.arn} alone`)).toBe(`to \${BookingTable.arn} alone`);
  });
});
