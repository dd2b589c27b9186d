import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { comparePolicies, contains } from '#infra/plan-review/iam/compare.ts';
import { permissionsOf, permissionText } from '#infra/plan-review/iam/statements.ts';

const policy = (...statements: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (Action: unknown, Resource: unknown = 'arn:aws:sqs:eu-west-1:1:q', more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const verdict = (before: string | undefined, after: string | undefined) => comparePolicies(before, after).verdict;

describe('a pattern contains another one', () => {
  it.each([
    ['*', 'sqs:SendMessage', true],
    ['sqs:*', 'sqs:Send*', true],
    ['sqs:Send*', 'sqs:*', false],
    ['sqs:Send?essage', 'sqs:SendMessage', true],
    ['sqs:SendMessage', 'sqs:Send?essage', false],
    ['a*c', 'abbc', true],
    ['a*b*c', 'a*c', false],
    ['a*', 'a*b*', true],
    ['?*', '*', false],
    // They match the same texts; a doubt counts as wider.
    ['*?', '?*', false],
    ['', '', true],
    ['*', '', true],
    ['not s3:*', 's3:Get', false],
  ])('%j and %j: %s', (wide, narrow, expected) => {
    expect(contains(wide, narrow)).toBe(expected);
  });

  it('only where each text of the narrow one is a text of the wide one', () => {
    const pattern = fc.stringMatching(/^[ab?*]{0,6}$/);
    const regExp = (text: string) => new RegExp(`^${text.replaceAll('*', '[ab]*').replaceAll('?', '[ab]')}$`);
    const texts = fc.sample(fc.stringMatching(/^[ab]{0,8}$/), { numRuns: 200, seed: 1 });
    fc.assert(
      fc.property(pattern, pattern, (wide, narrow) => {
        if (!contains(wide, narrow)) return;
        for (const text of texts) if (regExp(narrow).test(text)) expect(text).toMatch(regExp(wide));
      }),
    );
  });

  it('always itself and what is longer by a star', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab?*]{0,12}$/), (pattern) => {
        expect([contains(pattern, pattern), contains(`${pattern}*`, pattern)]).toEqual([true, true]);
      }),
    );
  });
});

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
      'changed',
    ],
    ['no JSON', policy(), 'no JSON', 'unknown'],
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
      ['Allow sqs:purgequeue on arn:aws:sqs:eu-west-1:1:q'],
      ['Allow sqs:deletemessage on arn:aws:sqs:eu-west-1:1:q'],
    ]);
  });

  it('of any form is read without a throw', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void permissionsOf(JSON.stringify(value))));
  });
});
