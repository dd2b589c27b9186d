import { parseArgs } from 'node:util';
import type { RuleName } from './rules.ts';
import { type ScenarioName, scenarios } from './scenarios.ts';
import { explore } from './search.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { without: { type: 'string', multiple: true, default: [] } },
});
for (const name of positionals as ScenarioName[]) {
  const began = performance.now();
  const verdict = explore(scenarios[name], values.without as RuleName[]);
  console.log(
    name,
    verdict.violation?.broken ?? 'OK',
    verdict.states,
    verdict.transitions,
    verdict.calmStates,
    verdict.calmConfirmed,
    verdict.violation?.steps.length,
    Math.round(performance.now() - began),
  );
}
