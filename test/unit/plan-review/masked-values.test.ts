import { describe, expect, it } from '@jest/globals';
import type { Json } from '#infra/plan-review/json.ts';
import { changedSecret, hasMarks, masked, maskedPair, secret } from '#infra/plan-review/reading/mask.ts';

describe('a value with marks', () => {
  it.each<[string, Json | undefined, Json | undefined, Json | undefined]>([
    ['no value', undefined, true, undefined],
    ['null', null, true, null],
    ['a marked text', 'pw', true, secret],
    ['a marked object', { a: 'pw' }, true, secret],
    ['an object with a marked part', { a: 'pw', b: 1 }, { a: true }, { a: secret, b: 1 }],
    ['a list with a marked element and null', ['pw', null, 'x'], [true, true, false], [secret, null, 'x']],
    ['a list that is longer than its marks', ['pw', 'x'], [true], [secret, 'x']],
    ['a list whose marks are an object', ['x'], { a: true }, ['x']],
    ['an object whose marks are a list', { a: 'x' }, [true], { a: 'x' }],
    ['a text whose marks are of an object', 'x', { a: true }, 'x'],
  ])('given %s, then the marked parts alone are masked', (_, value, marks, told) => {
    expect(masked(value, marks)).toEqual(told);
  });

  it.each<[Json | undefined, boolean]>([
    [undefined, false],
    [false, false],
    ['true', false],
    [{}, false],
    [{ a: [false, { b: false }] }, false],
    [true, true],
    [{ a: [false, { b: true }] }, true],
  ])('given the marks %j, then whether there is a secret is %j', (marks, isThere) => {
    expect(hasMarks(marks)).toBe(isThere);
  });
});

describe('both sides of a change', () => {
  type Pair = readonly [Json | undefined, Json | undefined];

  it.each<[string, Pair, Pair, Pair]>([
    ['a secret that stays', ['pw', 'pw'], [true, true], [secret, secret]],
    ['a secret that changes', ['pw', 'other'], [true, true], [secret, changedSecret]],
    ['a value that becomes secret', ['pw', 'pw'], [false, true], [secret, secret]],
    ['a value that is secret no more', ['pw', 'other'], [true, false], [secret, changedSecret]],
    ['a secret that is new', [undefined, 'pw'], [undefined, true], [undefined, secret]],
    [
      'a secret in an object',
      [{ a: 'pw' }, { a: 'new', b: 1 }],
      [{ a: true }, {}],
      [{ a: secret }, { a: changedSecret, b: 1 }],
    ],
    [
      'a secret in an object that takes the place of a text',
      ['x', { a: 'pw' }],
      [false, { a: true }],
      ['x', { a: secret }],
    ],
    ['a list that keeps null', [[null], [null, 'pw']], [[false], [false, true]], [[null], [null, secret]]],
    ['a list in place of a text', ['x', ['pw']], [false, [true]], ['x', [secret]]],
    ['no marks', [{ a: [1] }, { a: [2] }], [undefined, undefined], [{ a: [1] }, { a: [2] }]],
  ])('given %s, then they are told without it', (_, values, marks, told) => {
    expect(maskedPair(values, marks)).toEqual(told);
  });

  it.each<[string, Json, Json, Json]>([
    ['of one element', ['a', 'b'], [true], [secret, secret]],
    [
      'of a part of one element',
      [{ p: 'a' }, { p: 'b', q: 1 }],
      [{}, { p: true }],
      [{ p: secret }, { p: secret, q: 1 }],
    ],
    [
      'of parts of two elements',
      [{ p: 'a', q: 'b', r: 1 }],
      [{ p: true }, { q: true }],
      [{ p: secret, q: secret, r: 1 }],
    ],
    ['of a whole element beside a part of another', [{ p: 'a' }], [{ p: true }, true], [secret]],
    ['of lists in two elements', [['a', 'b']], [[false, true], [false]], [[secret, secret]]],
    ['of a part beside an element without marks', [{ p: 'a' }], [{ p: true }, false], [{ p: secret }]],
    ['of a list beside an element without marks', [['a']], [false, [true]], [[secret]]],
    ['of no element', ['a'], [false, false], ['a']],
    ['of an empty list', ['a'], [], ['a']],
  ])(
    'given a mark %s after, then it is one on each element before, whose places may be others',
    (_, before, marks, told) => {
      expect(maskedPair([before, []], [false, marks])[0]).toEqual(told);
    },
  );
});
