import { describe, expect, it } from '@jest/globals';
import { isAsExpected, limitJobs, type Outcome, ruleJobs, runJob } from './report/jobs.ts';
import { readPage, withRules } from './report/page.ts';
import { rules } from './rules/rules.ts';

/** `npm run model` tries the rules that no scenario needs, since such a search goes through all states. */
const jobs = [...ruleJobs().filter((job) => job.kind === 'rule' && 'shownBy' in rules[job.name]), ...limitJobs()];

describe('without a rule', () => {
  const outcomes: Outcome[] = [];

  it.each(jobs.map((job) => [job.name, job] as const))('given %s is out, then a promise is broken', (_, job) => {
    const outcome = runJob(job);
    outcomes.push(outcome);

    expect(isAsExpected(outcome)).toBe(true);
    expect(outcome.trace).toHaveLength(2 * outcome.steps);
  });

  it('given all of them, then the README shows what breaks and in how many steps (npm run model -- --write)', () => {
    expect(outcomes).toHaveLength(jobs.length);
    const page = readPage();
    expect(page).toBe(withRules(page, outcomes));
  });
});

it('given a rule that covers for another, then it is a rule itself', () => {
  for (const rule of Object.values(rules)) {
    if ('with' in rule && rule.with !== undefined) expect(Object.keys(rules)).toContain(rule.with);
  }
});
