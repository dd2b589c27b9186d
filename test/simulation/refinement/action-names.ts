import type { Action } from '#test/model/action.ts';
import { describeWrite } from '#test/model/machine/running-steps.ts';
import { stepNames } from '#test/model/machine/steps.ts';

/** What kind of action it is, whoever's it is. */
export function actionName(action: Action): string {
  if (action.kind === 'answered') return `${describeWrite(action.write)} ${action.answer}`;
  return 'write' in action ? `${stepNames[action.write.step]} ${action.kind}` : action.kind;
}
