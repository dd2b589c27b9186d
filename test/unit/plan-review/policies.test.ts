import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { comparePolicies } from '#infra/plan-review/iam/compare.ts';
import { areDisjoint, contains } from '#infra/plan-review/iam/patterns.ts';
import { permissionsOf, permissionText } from '#infra/plan-review/iam/statements.ts';

const policy = (...statements: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (Action: unknown, Resource: unknown = 'arn:aws:sqs:eu-west-1:1:q', more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
/** Every text of a and b of this length. */
const words = (length: number): string[] =>
  length === 0 ? [''] : words(length - 1).flatMap((word) => [`${word}a`, `${word}b`]);
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

  it('only where no text is matched by both they are disjoint', () => {
    const pattern = fc.stringMatching(/^[ab?*]{0,5}$/);
    const regExp = (text: string) => new RegExp(`^${text.replaceAll('*', '[ab]*').replaceAll('?', '[ab]')}$`);
    const texts = ['', ...[1, 2, 3, 4, 5, 6].flatMap((length) => words(length))];
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        const [first, second] = [regExp(one), regExp(other)];
        expect(areDisjoint(one, other)).toBe(!texts.some((text) => first.test(text) && second.test(text)));
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
      ['Allow sqs:purgequeue on arn:aws:sqs:eu-west-1:1:q'],
      ['Allow sqs:deletemessage on arn:aws:sqs:eu-west-1:1:q'],
    ]);
  });

  it('that is judged the same or narrower allows no request that it did not allow before', () => {
    const text = fc.constantFrom('a', 'ab', 'b', 'a*', '*', '?', 'b*');
    const list = fc.oneof(text, fc.uniqueArray(text, { minLength: 1, maxLength: 2 }));
    const values = fc.oneof(fc.constantFrom('1', '2'), fc.constant(['1', '2']));
    const condition = fc.dictionary(
      fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLike'),
      fc.dictionary(fc.constantFrom('k', 'l'), values, { minKeys: 1 }),
      { maxKeys: 2 },
    );
    const statement = fc
      .record({
        Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
        action: fc.record({ name: fc.constantFrom('Action', 'NotAction'), list }),
        resource: fc.record({ name: fc.constantFrom('Resource', 'NotResource'), list }),
        Condition: fc.option(condition, { nil: undefined }),
      })
      .map(({ Effect, action, resource, Condition }) => ({
        Effect,
        [action.name]: action.list,
        [resource.name]: resource.list,
        ...(Condition && { Condition }),
      }));
    const statements = fc.array(statement, { minLength: 1, maxLength: 2 });
    const requests = ['a', 'ab', 'b', 'c'].flatMap((action) =>
      ['a', 'b', 'cc'].flatMap((resource) =>
        ['1', '2', '3'].flatMap((k) => ['1', '3'].map((l) => ({ action, resource, keys: { k, l } }))),
      ),
    );
    let judged = 0;
    fc.assert(
      fc.property(statements, statements, (before, after) => {
        const result = verdict(policy(...before), policy(...after));
        if (result !== 'same' && result !== 'narrower') return;
        judged += 1;
        for (const request of requests) {
          if (allows(after, request)) expect(allows(before, request)).toBe(true);
        }
      }),
      { numRuns: 3_000, seed: 15 },
    );
    expect(judged).toBeGreaterThan(100);
  });

  it('of any form is read without a throw', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void permissionsOf(JSON.stringify(value))));
  });
});

interface Request {
  readonly action: string;
  readonly resource: string;
  readonly keys: Readonly<Record<string, string>>;
}

/** How IAM decides, in the plainest words. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
function allows(statements: readonly Record<string, unknown>[], request: Request): boolean {
  const all = (value: unknown): string[] =>
    [value]
      .flat()
      .filter((each) => each !== undefined)
      .map(String);
  const fits = (pattern: string, text: string) =>
    new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text);
  const matches = (statement: Record<string, unknown>, name: string, text: string) => {
    const [named, excluded] = [all(statement[name]), all(statement[`Not${name}`])];
    return named.length > 0 ? named.some((one) => fits(one, text)) : !excluded.some((one) => fits(one, text));
  };
  const holds = (statement: Record<string, unknown>) =>
    Object.entries((statement.Condition ?? {}) as Record<string, Record<string, unknown>>).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => {
        const has = all(values).includes(request.keys[key] ?? '');
        return operator === 'StringNotEquals' ? !has : has;
      }),
    );
  const applying = statements.filter(
    (statement) =>
      matches(statement, 'Action', request.action) &&
      matches(statement, 'Resource', request.resource) &&
      holds(statement),
  );
  return applying.some(({ Effect }) => Effect === 'Allow') && !applying.some(({ Effect }) => Effect === 'Deny');
}
