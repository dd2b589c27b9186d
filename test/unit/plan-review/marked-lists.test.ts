import { describe, expect, it } from '@jest/globals';
import type { Json } from '#infra/plan-review/json.ts';
import { hasMarks, masked, maskedPair } from '#infra/plan-review/reading/mask.ts';

describe('a list with secrets', () => {
  const users: Json = [
    { name: 'a', key: 'k1' },
    { name: 'b', key: 'k2', token: 't' },
  ];

  it.each<[string, Json | undefined, Json | undefined, Json | undefined]>([
    ['a mark on one element', users, [{ key: true }], [{ name: 'a', key: '(secret)' }, users[1] as Json]],
    ['a mark on the whole list', users, true, '(secret)'],
    ['marks of another form', users, { key: true }, users],
    ['nothing to mask', null, true, null],
  ])('given %s, when it is masked, then only that is hidden', (_, value, marks, expected) => {
    expect(masked(value, marks)).toEqual(expected);
  });

  it('given marks on two elements after, when there is one before, then it is masked by both', () => {
    const [before] = maskedPair(
      [[{ key: 'k0', token: 't0', name: 'n' }], users],
      [[], [{ key: true }, { token: true }]],
    );
    expect(before).toEqual([{ key: '(secret)', token: '(secret)', name: 'n' }]);
  });

  it('given a mark that names an attribute and one that takes all, when both are for an element, then all is hidden', () => {
    expect(maskedPair([[{ key: 'k0' }], ['x', 'y']], [[], [{ key: true }, true]])[0]).toEqual(['(secret)']);
  });

  it('given marks within lists of lists, when both sides are masked, then no place of the other side matters', () => {
    const [before] = maskedPair([[['a', 'b']], [['c'], ['d', 'e']]], [false, [[true], [false, false]]]);
    expect(before).toEqual([['(secret)', '(secret)']]);
  });

  it('given a secret that changes within a list, when both sides are masked, then only that one is told as another', () => {
    const marks: Json = [{ key: true }, { key: true }];
    const after: Json = [{ name: 'a', key: 'k1' }, { name: 'b', key: 'other' }, null];
    expect(maskedPair([users, after], [marks, marks])[1]).toEqual([
      { name: 'a', key: '(secret)' },
      { name: 'b', key: '(another secret)' },
      null,
    ]);
  });

  it.each<[Json | undefined, boolean]>([
    [[false, { a: [true] }], true],
    [[false, { a: [false] }], false],
    ['true', false],
    [undefined, false],
  ])('given the marks %j, when they are asked for secrets, then the answer is %s', (marks, expected) => {
    expect(hasMarks(marks)).toBe(expected);
  });
});
