import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { comparePolicies } from '#infra/plan-review/iam/compare.ts';
import { permissionsOf, permissionText } from '#infra/plan-review/iam/statements.ts';

const policy = (...statements: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (Action: unknown, Resource: unknown = 'arn:aws:sqs:eu-west-1:1:q', more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const verdict = (before: string | undefined, after: string | undefined) => comparePolicies(before, after).verdict;

describe('a policy', () => {
  it.each([
    [
      'one more action',
      policy(allow('sqs:SendMessage')),
      policy(allow(['sqs:SendMessage', 'sqs:DeleteMessage'])),
      'wider',
    ],
    [
      'one action less',
      policy(allow(['sqs:SendMessage', 'sqs:DeleteMessage'])),
      policy(allow('sqs:SendMessage')),
      'narrower',
    ],
    ['a wildcard for an action', policy(allow('sqs:SendMessage')), policy(allow('sqs:*')), 'wider'],
    ['an action for a wildcard', policy(allow('sqs:*')), policy(allow('sqs:SendMessage')), 'narrower'],
    ['one for another', policy(allow('sqs:SendMessage')), policy(allow('sns:Publish')), 'changed'],
    ['every resource', policy(allow('s3:GetObject', 'arn:aws:s3:::b/*')), policy(allow('s3:GetObject', '*')), 'wider'],
    [
      'a condition less',
      policy(allow('s3:*', '*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } })),
      policy(allow('s3:*', '*')),
      'wider',
    ],
    [
      'a condition more',
      policy(allow('s3:*', '*')),
      policy(allow('s3:*', '*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } })),
      'narrower',
    ],
    ['a denial less', policy({ ...allow('s3:*', '*'), Effect: 'Deny' }), policy(), 'wider'],
    ['a denial more', policy(), policy({ ...allow('s3:*', '*'), Effect: 'Deny' }), 'narrower'],
    ['other words', policy(allow(['SQS:SendMessage'])), policy(allow('sqs:SendMessage')), 'same'],
    ['another order', policy(allow('a:B'), allow('c:D')), policy(allow('c:D'), allow('a:B')), 'same'],
    [
      'everyone',
      policy(allow('sqs:*', '*', { Principal: { AWS: 'arn:aws:iam::1:root' } })),
      policy(allow('sqs:*', '*', { Principal: '*' })),
      'wider',
    ],
    [
      'another service',
      policy(allow('sts:AssumeRole', undefined, { Principal: { Service: 'lambda.amazonaws.com' } })),
      policy(allow('sts:AssumeRole', undefined, { Principal: { Service: 'ec2.amazonaws.com' } })),
      'changed',
    ],
    [
      'all but one action',
      policy(allow('s3:Get*')),
      policy({ Effect: 'Allow', NotAction: 's3:Put*', Resource: '*' }),
      'wider',
    ],
    ['no JSON', policy(), 'no JSON', 'unknown'],
    ['a condition that is none', policy(), policy(allow('a:B', '*', { Condition: 'x' })), 'unknown'],
    [
      'an exclusion less, which allows more',
      policy({ Effect: 'Allow', NotAction: ['iam:*', 's3:*'], Resource: '*' }),
      policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
      'wider',
    ],
    [
      'an exclusion more, which allows less',
      policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
      policy({ Effect: 'Allow', NotAction: ['s3:*', 'iam:*'], Resource: '*' }),
      'narrower',
    ],
    [
      'one action for all but others',
      policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
      policy(allow('s3:Get*', '*')),
      'narrower',
    ],
    [
      'resources that are no longer excluded',
      policy({ Effect: 'Allow', Action: 's3:*', NotResource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'] }),
      policy({ Effect: 'Allow', Action: 's3:*', NotResource: ['arn:aws:s3:::a'] }),
      'wider',
    ],
    ['one resource as a list', policy(allow('a:B', 'x')), policy(allow(['a:B'], ['x'])), 'same'],
    [
      'statements split',
      policy(allow(['a:B', 'a:C'], ['x', 'y'])),
      policy(allow('a:B', ['y', 'x']), allow('a:C', 'x'), allow('a:C', 'y')),
      'same',
    ],
    ['a name', policy(allow('a:B')), policy(allow('a:B', undefined, { Sid: 'Named' })), 'same'],
    [
      'a condition in other words',
      policy(allow('a:B', '*', { Condition: { StringEquals: { 'aws:SourceAccount': ['1'] }, Bool: { 'a:b': true } } })),
      policy(allow('a:B', '*', { Condition: { Bool: { 'a:b': 'true' }, StringEquals: { 'AWS:SourceAccount': '1' } } })),
      'same',
    ],
    [
      'one more value that fits',
      policy(allow('a:B', '*', { Condition: { StringEquals: { k: '1' } } })),
      policy(allow('a:B', '*', { Condition: { StringEquals: { k: ['1', '2'] } } })),
      'wider',
    ],
    [
      'one more value that must not be',
      policy(allow('a:B', '*', { Condition: { StringNotEquals: { k: '1' } } })),
      policy(allow('a:B', '*', { Condition: { StringNotEquals: { k: ['1', '2'] } } })),
      'narrower',
    ],
    [
      'one more test in a condition',
      policy(allow('a:B', '*', { Condition: { StringEquals: { k: '1' } } })),
      policy(allow('a:B', '*', { Condition: { StringEquals: { k: '1', l: '2' } } })),
      'narrower',
    ],
    [
      'a condition less on a denial',
      policy({ ...allow('s3:*', '*'), Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      policy({ ...allow('s3:*', '*'), Effect: 'Deny' }),
      'narrower',
    ],
    [
      'a pattern for a source',
      policy(allow('a:B', '*', { Condition: { ArnLike: { k: 'arn:aws:sns:*:1:t' } } })),
      policy(allow('a:B', '*', { Condition: { ArnLike: { k: 'arn:aws:sns:eu-west-1:1:t' } } })),
      'narrower',
    ],
    [
      'an account in other words',
      policy(allow('a:B', '*', { Principal: { AWS: '123456789012' } })),
      policy(allow('a:B', '*', { Principal: { AWS: ['arn:aws:iam::123456789012:root'] } })),
      'same',
    ],
    ['what cannot be read, but is the same', '(secret)', '(secret)', 'same'],
  ])('with %s', (_, before, after, expected) => {
    expect(verdict(before, after)).toBe(expected);
  });

  it('that is new is wider, and one that goes is narrower', () => {
    expect([verdict(undefined, policy(allow('sqs:*'))), verdict(policy(allow('sqs:*')), undefined)]).toEqual([
      'wider',
      'narrower',
    ]);
  });

  it('says what it gains and loses, action by action', () => {
    const { added, removed } = comparePolicies(
      policy(allow(['sqs:SendMessage', 'sqs:DeleteMessage'])),
      policy(allow(['sqs:SendMessage', 'sqs:PurgeQueue'])),
    );
    expect([added.map(permissionText), removed.map(permissionText)]).toEqual([
      ['Allow sqs:PurgeQueue on arn:aws:sqs:eu-west-1:1:q'],
      ['Allow sqs:DeleteMessage on arn:aws:sqs:eu-west-1:1:q'],
    ]);
  });

  it('of any form is read without a throw', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void permissionsOf(JSON.stringify(value))));
  });
});
