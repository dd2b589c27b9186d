import { describe, expect, it } from '@jest/globals';
import { datesOf } from '#infra/cost/dates.ts';
import type { Fact } from '#infra/cost/fact.ts';
import { prices, quotas } from '#infra/cost/facts.ts';

const source = 'https://aws.example/pricing';

describe('the dates of prices and quotas', () => {
  it('are good for a year', () => {
    const facts = { write: { checked: '2025-11-26', source: 'https://other.example', official: source } };

    expect(datesOf('2026-11-26', facts).old).toEqual([]);
    expect(datesOf('2026-11-27', facts).old).toEqual([
      'write was checked 366 days ago, on 2025-11-26: read https://aws.example/pricing',
    ]);
  });

  it('name what was never checked, and refuse what can be no date', () => {
    const facts = {
      write: { checked: undefined, source },
      read: { checked: 'soon', source },
      log: { checked: '2027-01-01', source },
    };

    expect(datesOf('2026-11-26', facts)).toEqual({
      unchecked: ['write'],
      old: ['read: "soon" is no date', 'log was checked on 2027-01-01, which is after 2026-11-26'],
    });
  });

  it('are all fresh on the day that they were put together, and all old two years later', () => {
    const dated = Object.values({ ...prices, ...quotas }).filter(({ checked }) => checked !== undefined);

    expect(datesOf('2026-11-26').old).toEqual([]);
    expect(datesOf('2028-11-26').old).toHaveLength(dated.length);
  });

  it('stand beside a source each', () => {
    for (const { source: url, value, by, official } of Object.values<Fact>(prices)) {
      expect(url).toMatch(/^https:\/\//);
      expect(value).toBeGreaterThanOrEqual(0);
      // Of a source that is not the seller's, the page says where the seller's is.
      expect(by === 'seller' ? url : official).toMatch(
        /^https:\/\/((aws|docs\.aws)\.amazon\.com|docs\.temporal\.io|github\.com\/aws-samples)\//,
      );
    }
    for (const { source: url } of Object.values(quotas)) expect(url).toMatch(/^https:\/\//);
  });
});
