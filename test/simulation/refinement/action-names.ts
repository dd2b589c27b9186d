import type { Action } from '#test/model/action.ts';
import { describeWrite } from '#test/model/machine/running-steps.ts';
import { stepNames } from '#test/model/machine/steps.ts';

/** The kind of an action, without the run that it is of. */
export function actionName(action: Action): string {
  if (action.kind === 'answered') return `${describeWrite(action.write)} ${action.answer}`;
  return 'write' in action ? `${stepNames[action.write.step]} ${action.kind}` : action.kind;
}
