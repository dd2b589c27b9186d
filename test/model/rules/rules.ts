import { headerRules } from './header-rules.ts';
import { messageRules } from './message-rules.ts';
import { partRules } from './part-rules.ts';
import type { Rule } from './rule.ts';
import { runRules } from './run-rules.ts';

const book = { ...headerRules, ...partRules, ...runRules, ...messageRules } as const;

/** No rule of the code, but what the model takes for granted: see the limits. */
const assumptions = ['publishFollowsItsRead'] as const;

export type RuleName = keyof typeof book;
export type Removable = RuleName | (typeof assumptions)[number];
export type Rules = { readonly [Name in Removable]: boolean };

export const rules: Readonly<Record<RuleName, Rule>> = book;
export const ruleNames = Object.keys(book) as RuleName[];
export const removables: readonly Removable[] = [...ruleNames, ...assumptions];

export const isRemovable = (name: string): name is Removable => removables.includes(name as Removable);

export const allBut = (takenOut: readonly Removable[]): Rules =>
  Object.fromEntries(removables.map((name) => [name, !takenOut.includes(name)])) as Rules;

/** The rules to leave out to show a rule's purpose: the rule itself, and the one that covers for it. */
export function takenOutFor(name: RuleName): Removable[] {
  const rule = rules[name];
  const other = 'with' in rule && rule.with !== undefined ? [rule.with as RuleName] : [];
  return [name, ...other];
}
