import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { areDisjoint, contains } from '#infra/plan-review/iam/patterns.ts';

/** Every text of a and b of this length. */
const words = (length: number): string[] =>
  length === 0 ? [''] : words(length - 1).flatMap((word) => [`${word}a`, `${word}b`]);

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
    // The shortest text of two such patterns has at most the four letters of each.
    const texts = [0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap(words);
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        const [first, second] = [regExp(one), regExp(other)];
        expect(areDisjoint(one, other)).toBe(!texts.some((text) => first.test(text) && second.test(text)));
      }),
      { examples: [['aaaa*', '*bbbb']] },
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
