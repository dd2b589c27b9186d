import { describe, expect, it } from '@jest/globals';
import { attributeChanges, quietKind } from '#infra/plan-review/changes/attributes.ts';
import type { Change, Reading } from '#infra/plan-review/reading/change.ts';

const anUpdate = (before: Change['before'], after: Change['after'], more: Partial<Change> = {}): Change => ({
  address: 'aws_lambda_function.F',
  type: 'aws_lambda_function',
  action: 'update',
  before,
  after,
  unknown: {},
  replacedFor: [],
  ...more,
});

/** A plan that keeps this text of the code, by attribute. */
const reading = (templates: Readonly<Record<string, string>> = {}): Reading => ({
  ...{ changes: [], settings: [], drift: [], isFirst: false },
  templateOf: (_, attribute) => templates[attribute],
  valueOf: (reference) => (reference === 'aws_sqs_queue.Q.url' ? 'https://queue' : undefined),
});
const queueUrl = ['$', '{aws_sqs_queue.Q.url}'].join('');

describe('what an update is only about', () => {
  it.each([
    ['code', { s3_key: '2' }, 'code'],
    ['code and tags', { s3_key: '2', tags: { a: 'c' } }, 'code'],
    ['tags', { tags: { a: 'c' } }, 'tags'],
    ['default tags', { default_tags: 'x' }, 'defaultTags'],
    ['nothing that is set', {}, 'computed'],
    ['code and a setting', { s3_key: '2', timeout: 5 }, undefined],
    ['a setting', { timeout: 5 }, undefined],
  ])('given %s, then its kind says so', (_, changed, kind) => {
    const before = { s3_key: '1', timeout: 3, tags: { a: 'b' } };

    expect(quietKind(anUpdate(before, { ...before, ...changed }), reading())).toBe(kind);
  });

  it('given another action, then it has no kind', () => {
    expect(quietKind(anUpdate({}, {}, { action: 'replace' }), reading())).toBeUndefined();
  });
});

describe('an attribute that is not known before the apply', () => {
  const unknown = { unknown: { url: true } } as const;
  const change = anUpdate({ url: 'https://queue' }, {}, unknown);

  it.each([
    ['no text in the code', {}, []],
    ['the same reference in the code', { url: queueUrl }, []],
    [
      'another text in the code',
      { url: `${queueUrl}/new` },
      [{ path: 'url', before: queueUrl, after: `${queueUrl}/new` }],
    ],
  ])('given %s, then it changes where that text does', (_, templates, told) => {
    expect(attributeChanges(change, reading(templates))).toEqual(told);
  });

  it('given no value before, then the text of the code is new', () => {
    expect(attributeChanges(anUpdate({}, {}, unknown), reading({ url: queueUrl }))).toEqual([
      { path: 'url', before: undefined, after: queueUrl },
    ]);
  });
});

describe('attributes that change', () => {
  it.each<[string, Change['before'], Change['after'], object[]]>([
    ['a part of a block', { e: [{ a: 1, b: 2 }] }, { e: [{ a: 1, b: 3 }] }, [{ path: 'e.b', before: '2', after: '3' }]],
    ['blocks of other numbers', { e: ['a'] }, { e: ['a', 'b'] }, [{ path: 'e', before: '["a"]', after: '["a","b"]' }]],
    ['one that is gone', { a: 'x', b: 1 }, { b: 1 }, [{ path: 'a', before: 'x', after: undefined }]],
    ['lines', { a: 'x\ny' }, { a: 'x\nz' }, [{ path: 'a', before: 'x\\ny', after: 'x\\nz' }]],
    ['what is told elsewhere', { policy: 'a', tags: 'b', s3_key: '1' }, { policy: 'b', tags: 'c', s3_key: '2' }, []],
  ])('given %s, then each has its path', (_, before, after, told) => {
    expect(attributeChanges(anUpdate(before, after), reading())).toEqual(told);
  });

  it('given long texts, then they are shown from shortly before where they begin to differ', () => {
    const [same, rest] = ['s'.repeat(40), 'r'.repeat(70)];

    expect(attributeChanges(anUpdate({ a: `${same}1${rest}` }, { a: `${same}2` }), reading())).toEqual([
      { path: 'a', before: `…${'s'.repeat(20)}1${'r'.repeat(39)}…`, after: `…${'s'.repeat(20)}2` },
    ]);
  });

  it('given a resource that is new, then no attribute changes', () => {
    expect(attributeChanges(anUpdate(undefined, { a: 1 }, { action: 'create' }), reading())).toEqual([]);
  });
});
