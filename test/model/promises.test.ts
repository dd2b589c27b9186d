import { describe, expect, it } from '@jest/globals';
import { scenarioNames, scenarioOf } from './scenarios.ts';
import { explore } from './search/search.ts';

describe('with all rules in force', () => {
  it.each(scenarioNames)(
    'given scenario %s, when everything within small bounds has happened, then every promise holds',
    (name) => {
      const { violation, ends } = explore(scenarioOf(name, 'small'));

      expect(violation?.broken).toBeUndefined();
      expect(ends).toBeGreaterThan(0);
    },
  );
});

describe('late writes that can change nothing any more', () => {
  it.each(['one', 'two3', 'stale', 'lost', 'strangers'] as const)(
    'given scenario %s, when they are dropped, then fewer states lead to the same ends',
    (name) => {
      const with_ = explore(scenarioOf(name, 'small'), { dropsSpentWrites: false });
      const without = explore(scenarioOf(name, 'small'));

      expect(without.ends).toBe(with_.ends);
      expect(without.violation).toEqual(with_.violation);
      expect(without.states).toBeLessThan(with_.states);
    },
  );
});
