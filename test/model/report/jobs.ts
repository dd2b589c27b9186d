import { type LimitName, limitNames, limits } from '#test/model/limits.ts';
import { type Removable, type RuleName, ruleNames, rules, takenOutFor } from '#test/model/rules/rules.ts';
import { type Scenario, type ScenarioName, type Size, scenarioNames, scenarioOf } from '#test/model/scenarios.ts';
import { explore } from '#test/model/search/search.ts';
import { describeState } from '#test/model/state/describe-state.ts';

/** One search, as data: workers are sent it. */
export type Job =
  | { readonly kind: 'scenario'; readonly name: ScenarioName; readonly size: Size }
  | { readonly kind: 'rule'; readonly name: RuleName; readonly scenario: ScenarioName }
  | { readonly kind: 'limit'; readonly name: LimitName };

export interface Outcome {
  readonly job: Job;
  readonly broken: string | undefined;
  /** The way to the violation, a line a step and one for what is stored after it; empty where nothing is broken. */
  readonly trace: readonly string[];
  readonly steps: number;
  readonly states: number;
  readonly transitions: number;
  readonly ends: number;
  readonly seconds: number;
}

export const scenarioJobs = (size: Size): Job[] => scenarioNames.map((name) => ({ kind: 'scenario', name, size }));

/** A rule that is needed is shown by one scenario; one that is not is tried in all of them. */
export const ruleJobs = (): Job[] =>
  ruleNames.flatMap((name): Job[] => {
    const rule = rules[name];
    const tried = 'shownBy' in rule ? [rule.shownBy] : scenarioNames;
    return tried.map((scenario) => ({ kind: 'rule', name, scenario }));
  });

export const limitJobs = (): Job[] => limitNames.map((name) => ({ kind: 'limit', name }));

export function isAsExpected({ job, broken }: Outcome): boolean {
  const isBroken = broken !== undefined;
  switch (job.kind) {
    case 'scenario':
      return !isBroken;
    case 'rule':
      return isBroken === 'shownBy' in rules[job.name];
    case 'limit':
      return isBroken;
  }
}

export function runJob(job: Job): Outcome {
  const began = performance.now();
  const { scenario, takenOut } = searched(job);
  const { violation, ...figures } = explore(scenario, { takenOut });
  const steps = violation?.steps ?? [];
  return {
    job,
    broken: violation?.broken,
    trace: steps.flatMap(({ what, after }, index) => [`${index + 1}. ${what}`, `     ${describeState(after)}`]),
    steps: steps.length,
    ...figures,
    seconds: (performance.now() - began) / 1000,
  };
}

function searched(job: Job): { scenario: Scenario; takenOut: readonly Removable[] } {
  switch (job.kind) {
    case 'scenario':
      return { scenario: scenarioOf(job.name, job.size), takenOut: [] };
    case 'rule':
      return { scenario: scenarioOf(job.scenario, 'small'), takenOut: takenOutFor(job.name) };
    case 'limit':
      return limits[job.name];
  }
}
