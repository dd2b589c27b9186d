import { describe, expect, it } from '@jest/globals';
import type { Context } from '#embedded/types.ts';
import { allow, anIam, ROLE, TABLE } from './an-iam.ts';
import { allows } from './authorize-setup.ts';

describe('conditions', () => {
  const key = 'dynamodb:LeadingKeys';
  const keys = (...LeadingKeys: string[]) => ({ [key]: LeadingKeys });

  it.each<[string, object, Context, boolean]>([
    ['StringEquals', { StringEquals: { [key]: ['a', 'b'] } }, { [key.toLowerCase()]: 'b' }, true],
    ['StringEquals', { StringEquals: { [key]: 'a' } }, keys('A'), false],
    ['StringEquals without the key', { StringEquals: { [key]: 'a' } }, {}, false],
    ['StringEqualsIfExists without the key', { StringEqualsIfExists: { [key]: 'a' } }, {}, true],
    ['StringNotEquals', { StringNotEquals: { [key]: 'a' } }, keys('a'), false],
    ['StringNotEquals without the key', { StringNotEquals: { [key]: 'a' } }, {}, true],
    ['StringLike', { StringLike: { [key]: 'p?rcel-*' } }, keys('parcel-1'), true],
    ['ArnLike', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam:*:*:role/weigh-*' } }, {}, true],
    ['ArnEquals', { ArnEquals: { 'aws:PrincipalArn': TABLE } }, {}, false],
    ['Bool of what the cloud knows', { Bool: { 'aws:SecureTransport': 'true' } }, {}, true],
    ['Bool', { Bool: { 'aws:SecureTransport': 'false' } }, {}, false],
    ['Null true', { Null: { [key]: 'true' } }, {}, true],
    ['Null false', { Null: { [key]: 'false' } }, {}, false],
    ['Null false with the key', { Null: { [key]: 'false' } }, keys('a'), true],
    ['Null false with a key of no value', { Null: { [key]: 'false' } }, keys(), false],
    [
      'ForAllValues',
      { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a', 'b'] } },
      keys('a', 'b', 'a'),
      true,
    ],
    [
      'ForAllValues, one too many',
      { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a'] } },
      keys('a', 'b'),
      false,
    ],
    ['ForAllValues without the key', { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['a'] } }, {}, true],
    ['ForAllValues negated', { 'ForAllValues:StringNotLike': { [key]: '*#*' } }, keys('parcel-1', 'parcel-2'), true],
    ['ForAllValues negated, one of them', { 'ForAllValues:StringNotLike': { [key]: '*#*' } }, keys('a', 'B#'), false],
    ['ForAllValues negated, no key', { 'ForAllValues:StringNotLike': { [key]: '*#*' } }, {}, true],
    ['ForAnyValue', { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['SHELF#*'] } }, keys('a', 'SHELF#1'), true],
    [
      'all operators together',
      { StringEquals: { 'aws:PrincipalArn': ROLE }, StringLike: { [key]: 'b*' } },
      keys('c'),
      false,
    ],
  ])('%s %j with %j', (_operator, Condition, context, expected) => {
    const iam = anIam([allow('dynamodb:GetItem', TABLE, { Condition })]);

    expect(allows(iam, 'dynamodb:GetItem', TABLE, context)).toBe(expected);
  });

  it('judges each context anew', () => {
    const iam = anIam([
      allow('dynamodb:GetItem', TABLE, { Condition: { StringEquals: { 'dynamodb:LeadingKeys': 'a' } } }),
    ]);

    const contexts = [undefined, keys('a'), keys('b'), keys('a'), undefined];
    const answers = contexts.map((context) => allows(iam, 'dynamodb:GetItem', TABLE, context));

    expect(answers).toEqual([false, true, false, true, false]);
  });
});
