import { type ScenarioName, scenarioOf } from '#test/model/scenarios.ts';
import { explore } from '#test/model/search/search.ts';
import { actionName } from './action-names.ts';

/** Between them, with small bounds, they have every kind of action that the model knows. */
const scenarios: readonly ScenarioName[] = ['one', 'two', 'twod', 'lost', 'soldout'];

/** Every kind of action that the model's own search takes. */
export function actionKinds(): ReadonlySet<string> {
  const found = new Set<string>();
  const note = (action: Parameters<typeof actionName>[0]): void => void found.add(actionName(action));
  for (const name of scenarios) explore(scenarioOf(name, 'small'), { note });
  return found;
}

/** Endings of the kinds that no walk takes, and why. */
export const outsideOfWalks: Readonly<Record<string, string>> = {
  'never landed': 'a write that never lands is not seen: it stays in flight',
  'event lost': 'nor is an event that never comes',
  'letter lost': 'nor a letter that is never moved back',
  'cancellation not started': 'nor a request that fails half-way: it stays open',
};

export const isOutside = (kind: string): boolean => Object.keys(outsideOfWalks).some((ending) => kind.endsWith(ending));
