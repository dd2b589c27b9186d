import { isDeepStrictEqual } from 'node:util';
import type { LegRecord } from '#functions/trip/define-leg.ts';
import { type ChoiceRule, plain, type StateMachine } from './asl.ts';
import { cancels, type FixedChoice, fixedProblems } from './choices.ts';
import { backwardOrderOf, forwardOrderOf, layersOf } from './layers.ts';
import { list } from './lint-records.ts';

const endedAs = (status: string) => [
  ...cancels,
  { Variable: '$.fence.ownStatus', IsPresent: true },
  { Variable: '$.fence.ownStatus', StringEquals: status },
];

/** What comes before the failed steps: only a run that holds the fence may undo anything. */
const fixedChoices = (newest: string): readonly FixedChoice[] => [
  ['a redrive of a run that is confirmed', { And: endedAs('CONFIRMED'), Next: 'NotifyBookingConfirmed' }],
  ['a redrive of a run that is cancelled', { And: endedAs('CANCELLED'), Next: 'NotifyBookingFailed' }],
  ['a run without the fence', { Variable: '$.fence.fenced', BooleanEquals: false, Next: 'FinalOutcome' }],
  ['a cancellation', { And: cancels, Next: newest }],
];

/** Whether each failed step undoes its own layer and all older ones. @returns one sentence a violation */
export function lintPeelBack({ States }: StateMachine, legs: readonly LegRecord[]): string[] {
  const { Choices = [], Default } = States.PeelBack ?? {};
  const layers = layersOf(legs);
  const [newest = ''] = backwardOrderOf(legs);
  const fixed = fixedChoices(newest);
  const others = fixedProblems('PeelBack', Choices, fixed);
  if (others.length > 0) return others;
  const entries = new Map(
    forwardOrderOf(legs).map((state) => [
      `$.${state}Error`,
      { state, entry: layers.find(({ forward }) => forward === state)?.compensation ?? newest },
    ]),
  );
  const seen = new Set<string>();
  const problems = Choices.slice(fixed.length).flatMap((rule, index) => {
    const variables = errorsOf(rule);
    if (variables === undefined) {
      const form = '{"Variable": "$.<State>Error", "IsPresent": true}';
      return [`PeelBack: choice ${index + fixed.length + 1} should be ${form} with its Next, or an Or of such`];
    }
    const unknown = variables.filter((variable) => !entries.has(variable));
    if (unknown.length > 0) return [`PeelBack: has a choice for ${unknown.join(', ')}, which no step notes`];
    const repeated = variables.filter((variable) => seen.has(variable));
    if (repeated.length > 0) return [`PeelBack: has two choices for ${repeated.join(', ')}`];
    for (const variable of variables) seen.add(variable);
    const astray = variables.filter((variable) => entries.get(variable)?.entry !== rule.Next);
    if (astray.length === 0) return [];
    const expected = [...new Set(astray.map((variable) => entries.get(variable)?.entry))];
    return [`PeelBack leads from ${astray.join(', ')} to ${rule.Next}: it should be ${expected.join(', ')}`];
  });
  if (problems.length > 0) return problems;
  const order = orderProblems(Choices.slice(fixed.length), backwardOrderOf(legs));
  if (order.length > 0) return order;
  const missing = [...entries].filter(([variable]) => !seen.has(variable));
  if (missing.length > 0) {
    const states = missing.map(([, { state }]) => state).join(', ');
    const variables = missing.map(([variable]) => variable).join(', ');
    return [`PeelBack: has no choice for ${variables}, so nothing says what a failed ${states} undoes`];
  }
  return Default === newest ? [] : [`PeelBack: its Default is ${Default}: it should be ${newest}`];
}

/** A run notes one failed step, so any order would do; in this one a reader sees the layers as they are undone. */
function orderProblems(rules: readonly ChoiceRule[], newestFirst: readonly string[]): string[] {
  const said = rules.map((rule) => ({ layer: newestFirst.indexOf(rule.Next ?? ''), variable: errorsOf(rule)?.[0] }));
  return said.slice(1).flatMap(({ layer, variable }, index) => {
    const before = said[index];
    if (before === undefined || before.layer <= layer) return [];
    const astray = `its choice for ${before.variable} stands before that for ${variable}`;
    return [`PeelBack: ${astray}: the newest layer should come first, in reverse of ${list}`];
  });
}

/** The variables whose presence alone a choice asks for; undefined where it asks for anything else. */
function errorsOf(rule: ChoiceRule): string[] | undefined {
  const { Next: _, Or: any, ...alone } = plain(rule) as ChoiceRule;
  const tests = any === undefined ? [alone] : any;
  const variables = tests.map(({ Variable }) => Variable ?? '');
  const isOnly = isDeepStrictEqual(
    tests,
    variables.map((Variable) => ({ Variable, IsPresent: true })),
  );
  return isOnly && (any === undefined || Object.keys(alone).length === 0) ? variables : undefined;
}
