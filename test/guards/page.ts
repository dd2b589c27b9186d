import type { Guard, Killer } from './guard.ts';
import { survivorReasons } from './survivors.ts';

export type Found = Readonly<Record<string, { readonly kind: Guard['kind']; readonly killer?: Killer }>>;

const titles: Readonly<Record<Guard['kind'], string>> = {
  catch: 'Catches of the machine',
  retry: 'Retries of the machine, and the errors that they leave out',
  'result path': 'Where results and errors are put',
  choice: 'Choices of the machine',
  condition: "Conditions of the machine's and the functions' writes, whole and in parts",
  code: 'Rules in code',
};

/** A condition that no plan of the simulator meets, since it is of a write of the API. */
export interface Unmet {
  readonly file: string;
  readonly condition: string;
}

/** `docs/guards.md`. */
export function pageOf(found: Found, unmet: readonly Unmet[], untried: readonly string[]): string {
  const all = Object.entries(found);
  const killed = all.filter(([, { killer }]) => killer !== undefined);
  const byPlan = killed.filter(([, { killer }]) => killer?.by === 'plan');
  const byLint = killed.filter(([, { killer }]) => killer?.by === 'lint');
  return [
    '# Guards',
    '',
    'Everything in the saga that is there for a promise’s sake, and what breaks without it. `npm run guards` takes the guards out one at a time, runs plans of',
    '[the simulator](../test/simulation/README.md) until a promise is broken, and writes this page. Guards of the machine are found in its definition, guards of',
    'writes in the requests that the functions send, so a new one cannot be forgotten. `npm run simulate -- --plan "LINE"` runs a line with the guard in place.',
    'The plan that showed a guard last time is tried first. If no plan and no lint misses a guard, the tests of the machine, or of the code that the guard is in, run without it.',
    '',
    '`test/faults/permissions.test.ts` shows what each action of a role is needed for: it takes out every permission of every policy.',
    '',
    `${all.length} guards tried. Without ${byPlan.length} of them a plan breaks a promise. ${byLint.length} are held by a rule of \`npm run lint:asl\`, ${killed.length - byPlan.length - byLint.length} by a test of the machine or of the code. That is ${percent(killed.length, all.length)}.`,
    ...(killed.length === all.length
      ? []
      : [`Nothing misses the other ${all.length - killed.length}; their lines say why that is no fault.`]),
    '',
    ...(Object.keys(titles) as Guard['kind'][]).flatMap((kind) =>
      sectionOf(
        kind,
        all.filter(([, one]) => one.kind === kind),
      ),
    ),
    ...untriedSection(untried),
    ...unmetSection(unmet),
  ].join('\n');
}

function untriedSection(untried: readonly string[]): string[] {
  if (untried.length === 0) return [];
  return ['## Not tried yet', '', ...untried.map((name) => `- ${cell(name)}`), ''];
}

function unmetSection(unmet: readonly Unmet[]): string[] {
  if (unmet.length === 0) return [];
  return [
    '## Conditions of writes outside of the saga',
    '',
    'No plan calls what writes them: flights of Admins, charges, edits. The tests of each store and the contract tests hold them.',
    '',
    ...unmet.map(({ file, condition }) => `- \`${file}\`: \`${condition}\``),
    '',
  ];
}

function sectionOf(kind: Guard['kind'], guards: readonly (readonly [string, Found[string]])[]): string[] {
  if (guards.length === 0) return [];
  return [
    `## ${titles[kind]}`,
    '',
    '| Without | What shows it |',
    '| --- | --- |',
    ...guards.map(([name, { killer }]) => `| ${cell(name)} | ${shown(name, killer)} |`),
    '',
  ];
}

function shown(name: string, killer: Killer | undefined): string {
  if (killer === undefined) return `nothing: ${reasonOf(name)}`;
  if (killer.by === 'test') return `\`${killer.file}\`: ${cell(killer.test)}`;
  const problem = cell(killer.problem.slice(0, 180));
  return killer.by === 'plan' ? `\`${cell(killer.line)}\`: ${problem}` : `lint: ${problem}`;
}

export const isTold = (name: string): boolean => toldReasonOf(name) !== undefined;

const toldReasonOf = (name: string): string | undefined =>
  survivorReasons.find(({ names }) => names.some((one) => name.includes(one)))?.reason;

export const reasonOf = (name: string): string => toldReasonOf(name) ?? 'not yet told';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(whole, 1)).toFixed(1)} %`;
