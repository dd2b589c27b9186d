import { describe, expect, it } from '@jest/globals';
import type { Fact } from '#infra/cost/fact.ts';
import { pricesTable } from '#infra/cost/tables.ts';

const fact: Fact = {
  value: 0.1,
  unit: 'an alarm',
  source: 'https://aws.example/a',
  by: 'seller',
  checked: '2026-11-26',
};
const rowOf = (more: Partial<Fact>) => pricesTable({ fact: { ...fact, ...more } }).rows[0];

describe('the table of prices', () => {
  it("given the seller's own page, then the row names it with its date", () => {
    expect(rowOf({})).toEqual([
      'an alarm',
      expect.stringMatching(/^\S*0\.1\S* each$/),
      '2026-11-26',
      '[aws.example](https://aws.example/a)',
      'the seller',
    ]);
  });

  it('given a small price, then it is that of a million', () => {
    expect(rowOf({ value: 0.000_002 })?.[1]).toBe(rowOf({ value: 2 })?.[1]?.replace(' each', ''));
  });

  it.each<[Fact['by'], string]>([
    ['copy', "another, word for word from the seller's page; compare [the seller's page](https://aws.example/b)"],
    ['other', "another; compare [the seller's page](https://aws.example/b)"],
  ])("given the page of another (%s), then it names the seller's beside it", (by, writer) => {
    expect(rowOf({ by, official: 'https://aws.example/b' })?.[4]).toBe(writer);
  });

  it('given a price without a date, then the row says that it was not checked', () => {
    expect(rowOf({ checked: undefined })?.[2]).toBe('**not checked**');
  });
});
