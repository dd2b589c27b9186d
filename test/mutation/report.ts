import type { RoomScore } from './score.ts';

/** What Stryker's JSON reporter writes, as far as it is read here. https://github.com/stryker-mutator/mutation-testing-elements */
interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

interface Mutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly statusReason?: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

const detected = new Set(['Killed', 'Timeout']);
/** Neither killed nor survived: what does not even run is no mutant. */
const invalid = new Set(['CompileError', 'RuntimeError', 'Ignored']);

/** Jest's error for a file without tests would let a mutant that no test has tried pass for none. */
const noTest = /must contain at least one test/;

export function scoreOf(name: string, { files }: Report): RoomScore {
  const mutants = Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.filter(({ status }) => !invalid.has(status)).map((mutant) => ({ file, source, mutant })),
  );
  const untested = Object.values(files).some(({ mutants }) =>
    mutants.some(({ statusReason = '' }) => noTest.test(statusReason)),
  );
  if (untested)
    throw new Error(`No test was run for a mutant of the room "${name}": see test/mutation/jest-circus.cjs`);
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

/** As code is recorded: on one line, and cut. */
export const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').slice(0, 160);
