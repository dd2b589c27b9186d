import { UsageError } from '#infra/operations/run-command.ts';
import { isRemovable, type Removable, type RuleName, rules, takenOutFor } from '#test/model/rules/rules.ts';
import { isScenarioName, type ScenarioName, type Size, scenarioOf } from '#test/model/scenarios.ts';
import { explore } from '#test/model/search/search.ts';
import { describeState } from '#test/model/state/describe-state.ts';

/** One search that is asked for by name, told with the way to what breaks. */
export function runOne(given: string | undefined, without: readonly string[], size: string | undefined): void {
  const takenOut = without.flatMap(removalsOf);
  const name = scenarioFor(given, without);
  const scenario = scenarioOf(name, sizeFor(size, takenOut));
  console.log(`${scenario.about}${takenOut.length > 0 ? `, without ${takenOut.join(', ')}` : ''}`);
  const { violation, states, transitions, ends } = explore(scenario, { takenOut });
  for (const [index, { what, after }] of (violation?.steps ?? []).entries()) {
    console.log(`${String(index + 1).padStart(3)}. ${what}\n     ${describeState(after)}`);
  }
  console.log(`${violation?.broken ?? 'no violation'}: ${states} states, ${transitions} transitions, ${ends} ends`);
  process.exitCode = violation !== undefined && takenOut.length === 0 ? 1 : 0;
}

function removalsOf(name: string): readonly Removable[] {
  if (!isRemovable(name)) throw new UsageError(`There is no rule "${name}": "npm run model -- --list" names them`);
  return name in rules ? takenOutFor(name as RuleName) : [name];
}

function scenarioFor(given: string | undefined, [removed = '']: readonly string[]): ScenarioName {
  const rule = rules[removed as RuleName];
  const name = given ?? (rule !== undefined && 'shownBy' in rule ? rule.shownBy : 'one');
  if (!isScenarioName(name))
    throw new UsageError(`There is no scenario "${name}": "npm run model -- --list" names them`);
  return name;
}

/** Without a rule there is soon a violation; with all of them a search goes through all states. */
function sizeFor(given: string | undefined, takenOut: readonly Removable[]): Size {
  const size = given ?? (takenOut.length > 0 ? 'small' : 'full');
  if (size !== 'small' && size !== 'full') throw new UsageError(`--size must be small or full, not "${size}"`);
  return size;
}
