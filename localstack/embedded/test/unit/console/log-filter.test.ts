import { describe, expect, it } from '@jest/globals';
import { logFilterOf, unknownFunctions, wants } from '#embedded/console/log-filter.ts';
import type { Level } from '#embedded/console/log-record.ts';
import { shortNames } from '#embedded/console/short-names.ts';

const wanted = (words: readonly string[], name: string, level: Level): boolean => {
  const filter = logFilterOf(words);
  return filter !== undefined && wants(filter, name, level);
};

describe('which log lines are printed', () => {
  it('is none unless they are asked for', () => {
    expect(logFilterOf(undefined)).toBeUndefined();
  });

  it.each([
    [['all'], 'shop-local-pay', 'trace', true],
    [['pay'], 'shop-local-pay', 'trace', true],
    [['pay'], 'shop-local-repay', 'error', false],
    [['shop-local-pay'], 'shop-local-pay', 'info', true],
    [['warn'], 'shop-local-ship', 'error', true],
    [['warn'], 'shop-local-ship', 'info', false],
    [['pay', 'warn'], 'shop-local-pay', 'info', false],
    [['pay', 'ship'], 'shop-local-ship', 'info', true],
  ] as const)('with %j is of %s, %s: %s', (words, name, level, answer) => {
    expect(wanted(words, name, level)).toBe(answer);
  });

  it('names words that are neither a level nor a function', () => {
    const filter = logFilterOf(['pay', 'wran', 'error']);

    expect(filter && unknownFunctions(filter, ['shop-pay'])).toEqual(['wran']);
  });
});

describe('names of functions', () => {
  it('are told without what all of them begin with', () => {
    const short = shortNames(['shop-local-pay', 'shop-local-pack']);

    expect(['shop-local-pay', 'shop-local-pack', 'shop-local-new', 'elsewhere'].map(short)).toEqual([
      'pay',
      'pack',
      'new',
      'elsewhere',
    ]);
  });

  it('are told whole where there is one, or none', () => {
    expect(shortNames(['shop-local-pay'])('shop-local-pay')).toBe('shop-local-pay');
    expect(shortNames([])('pay')).toBe('pay');
  });
});
