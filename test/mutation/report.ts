import type { RoomScore, Score, Survivor } from './score.ts';
import { survivorReasons } from './survivors.ts';

/** What Stryker's JSON reporter writes, as far as it is read here. https://github.com/stryker-mutator/mutation-testing-elements */
interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

interface Mutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

const detected = new Set(['Killed', 'Timeout']);
/** Neither killed nor survived: what does not even run is no mutant. */
const invalid = new Set(['CompileError', 'RuntimeError', 'Ignored']);

export function scoreOf(name: string, { files }: Report): RoomScore {
  const mutants = Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.filter(({ status }) => !invalid.has(status)).map((mutant) => ({ file, source, mutant })),
  );
  const survivors = mutants
    .filter(({ mutant }) => !detected.has(mutant.status))
    .map(({ file, source, mutant }) => ({
      file,
      was: oneLine(textAt(source, mutant)),
      became: oneLine(mutant.replacement ?? ''),
      line: oneLine(source.split('\n')[mutant.location.start.line - 1] ?? ''),
    }));
  return { name, mutants: mutants.length, killed: mutants.length - survivors.length, survivors };
}

function textAt(source: string, { location: { start, end } }: Mutant): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  lines[last] = (lines[last] ?? '').slice(0, end.column - 1);
  lines[0] = (lines[0] ?? '').slice(start.column - 1);
  return lines.join('\n');
}

const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').slice(0, 160);

/** The page about the score. */
export function pageOf(score: Score): string {
  const all = score.reduce((sum, { mutants }) => sum + mutants, 0);
  const killed = score.reduce((sum, room) => sum + room.killed, 0);
  return [
    '# Mutation testing',
    '',
    '`npm run mutation` changes the domain modules in every small way that [Stryker](https://stryker-mutator.io) knows, and runs their unit tests. A mutant that no',
    'test notices survives. It writes this page. `test/mutation/rooms.ts` says which modules are mutated and which tests have to notice;',
    '`test/mutation/survivors.ts` says why a survivor is no fault.',
    '',
    '| Room | Mutants | Killed | Score |',
    '| --- | --- | --- | --- |',
    ...score.map(({ name, mutants, killed }) => `| ${name} | ${mutants} | ${killed} | ${percent(killed, mutants)} |`),
    `| all | ${all} | ${killed} | ${percent(killed, all)} |`,
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
    reasonOf(survivor),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The first rule that fits; none means that a test is missing. */
export function reasonOf(survivor: Survivor): string {
  return survivorReasons.find(({ fits }) => fits(survivor))?.reason ?? 'not yet told';
}

const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('`', "'");
const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(whole, 1)).toFixed(1)} %`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
