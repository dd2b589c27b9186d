import { limits } from '#test/model/limits.ts';
import { type RuleName, ruleNames, rules } from '#test/model/rules/rules.ts';
import { type Bounds, type ScenarioName, scenarioNames, scenarioOf } from '#test/model/scenarios.ts';
import type { Outcome } from './jobs.ts';

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const counted = (count: number, one: string, more: string): string[] =>
  count === 0 ? [] : [`${count} ${count === 1 ? one : more}`];

const boundsText = ({ faults, aborts, duplicates, lostEvents, cancellations }: Bounds): string =>
  [
    ...counted(faults, 'fault', 'faults'),
    ...counted(aborts, 'stop', 'stops'),
    ...counted(duplicates, 'event twice', 'events twice'),
    ...counted(lostEvents, 'event lost', 'events lost'),
    ...counted(cancellations, 'cancellation', 'cancellations'),
  ].join(', ');

const number = (value: number): string => value.toLocaleString('en');

/** Of both sizes of all scenarios. */
export function scenarioTable(outcomes: readonly Outcome[]): string {
  const figures = (name: ScenarioName, size: 'small' | 'full') => {
    const found = outcomes.find(({ job }) => job.kind === 'scenario' && job.name === name && job.size === size);
    return [boundsText(scenarioOf(name, size)), number(found?.states ?? 0)];
  };
  const rows = scenarioNames.map((name) => [
    `\`${name}\``,
    scenarioOf(name, 'full').about,
    ...figures(name, 'small'),
    ...figures(name, 'full'),
  ]);
  return table(['Scenario', 'What', 'In `npm test`', 'States', 'In `npm run model`', 'States'], rows);
}

/** Of the rules that are needed. */
export function ruleTable(outcomes: readonly Outcome[]): string {
  const rows = ruleNames.flatMap((name) => {
    const rule = rules[name];
    if (!('shownBy' in rule)) return [];
    const found = outcomes.find(({ job }) => job.kind === 'rule' && job.name === name);
    const withoutIt = found?.broken ?? 'nothing';
    const also = rule.with === undefined ? '' : ` (with \`${rule.with}\` out, too)`;
    return [[...ruleCells(name), `${withoutIt}${also}`, `\`${rule.shownBy}\``, String(found?.steps ?? 0)]];
  });
  return table(['Rule', 'Says', 'First model', 'Without it', 'Scenario', 'Steps'], rows);
}

/** Of the rules without which no scenario breaks. */
export function harmlessTable(): string {
  const rows = ruleNames.flatMap((name) => {
    const rule = rules[name];
    return 'harmless' in rule ? [[...ruleCells(name), rule.harmless]] : [];
  });
  return table(['Rule', 'Says', 'First model', 'Why nothing breaks without it'], rows);
}

export function limitTable(outcomes: readonly Outcome[]): string {
  const rows = outcomes.flatMap(({ job, broken, steps }) =>
    job.kind === 'limit' ? [[`\`${job.name}\``, limits[job.name].says, broken ?? 'nothing', String(steps)]] : [],
  );
  return table(['Limit', 'What happens', 'What the model says', 'Steps'], rows);
}

function ruleCells(name: RuleName): string[] {
  const { says, was } = rules[name];
  return [`\`${name}\``, says, was === undefined ? '' : `\`${was}\``];
}
