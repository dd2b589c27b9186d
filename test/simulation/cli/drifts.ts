import { type RuleName, ruleNames } from '#test/model/rules/rules.ts';
import { plural } from '../../../localstack/console/model/words.ts';
import { parsePlan } from '../plans/plan.ts';
import { isDrift } from '../refinement/drift.ts';
import { rulesNotShown, rulesShown } from '../refinement/drifts.ts';
import { runFollowed } from '../refinement/run-followed.ts';
import { openService } from '../service.ts';

/** Takes each rule out of the model, and says where the service's plan does not show it. */
export async function tellDrifts(): Promise<void> {
  const service = await openService();
  const unjudged = ruleNames.filter((rule) => rule in rulesShown === rule in rulesNotShown);
  for (const rule of unjudged) console.log(`${rule} has to be in one of the two lists of refinement/drifts.ts`);
  let unnoticed = 0;
  const shown = Object.entries(rulesShown) as [RuleName, string][];
  for (const [rule, plan] of shown) {
    const { problems } = await runFollowed(parsePlan(plan), service, [rule]);
    if (problems.some(isDrift)) continue;
    unnoticed += 1;
    console.log(`UNNOTICED without ${rule}: ${plan}`);
  }
  console.log(`${plural(shown.length, 'rule')} taken out of the model, ${unnoticed} unnoticed`);
  if (unnoticed + unjudged.length > 0) process.exitCode = 1;
}
