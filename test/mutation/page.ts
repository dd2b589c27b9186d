import { kindScores } from './judge.ts';
import { leastPerCent, rooms } from './rooms.ts';
import type { Score, Survivor } from './score.ts';
import { reasonOf } from './survivors.ts';

export const pageFile = 'docs/mutation.md';

/** The page about the score. */
export function pageOf(score: Score): string {
  const kindOf = new Map(rooms.map(({ name, kind }) => [name, kind]));
  return [
    '# Mutation testing',
    '',
    '`npm run mutation` changes the domain modules in every small way that [Stryker](https://stryker-mutator.io) knows, and runs their unit tests. A mutant that no',
    'test notices survives. It writes this page. `test/mutation/rooms.ts` says which modules are mutated and which tests have to notice;',
    '`test/mutation/survivors.ts` says why a survivor is no fault. Below a bar, or with a survivor without a reason, the command fails.',
    '',
    'The state machine itself is mutated in `test/unit/statemachine/mutants.test.ts`: `npm run lint:asl` has to name every change of a Task or a Choice.',
    '',
    '| Room | Kind | Mutants | Killed | Score |',
    '| --- | --- | --- | --- | --- |',
    ...score.map(
      ({ name, mutants, killed }) =>
        `| ${name} | ${kindOf.get(name) ?? ''} | ${mutants} | ${killed} | ${percent(killed, mutants)} |`,
    ),
    ...kindScores(score).map(
      ({ kind, mutants, killed }) =>
        `| all, at least ${leastPerCent[kind]} % | ${kind} | ${mutants} | ${killed} | ${percent(killed, mutants)} |`,
    ),
    '',
    '## Survivors',
    '',
    ...score.flatMap(({ name, survivors }) =>
      survivors.length === 0
        ? []
        : [
            `### ${capital(name)}`,
            '',
            '| File | Was | Became | Why it is no fault |',
            '| --- | --- | --- | --- |',
            ...survivors.map(row),
            '',
          ],
    ),
  ].join('\n');
}

function row(survivor: Survivor): string {
  const { file, was, became, line } = survivor;
  const cells = [
    file,
    `\`${escaped(was)}\` in \`${escaped(line)}\``,
    `\`${escaped(became) || ' '}\``,
    reasonOf(survivor) ?? 'not yet told',
  ];
  return `| ${cells.join(' | ')} |`;
}

const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('`', "'");
const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(whole, 1)).toFixed(1)} %`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
