import { existsSync, readFileSync } from 'node:fs';
import { problemsOf } from './judge.ts';
import { pageFile, pageOf } from './page.ts';
import { oneLine } from './report.ts';
import { type Score, type Survivor, scoreFile } from './score.ts';
import { reasonsWithout } from './survivors.ts';

/** A file's text, empty where there is none. */
export type SourceOf = (file: string) => string;

const sourceOnDisk: SourceOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/**
 * What is wrong with the recorded score, one sentence a problem. It runs no mutant: a score counts as old where a survivor's line
 * is no longer in its file.
 */
export function lintScore(score: Score, sourceOf: SourceOf = sourceOnDisk): readonly string[] {
  const survivors = score.flatMap((room) => room.survivors);
  const old = score.flatMap((room) => goneLines(room.survivors, sourceOf).map((gone) => rerun(room.name, gone)));
  return [
    ...problemsOf(score),
    ...new Set(old),
    ...reasonsWithout(survivors).map(
      (reason) => `test/mutation/survivors.ts: no survivor has the reason "${reason}": remove it`,
    ),
    ...(sourceOf(pageFile) === pageOf(score)
      ? []
      : [`${pageFile} does not say what ${scoreFile} says: npm run mutation -- --page`]),
  ];
}

function goneLines(survivors: readonly Survivor[], sourceOf: SourceOf): readonly Survivor[] {
  return survivors.filter(({ file, line }) => !sourceOf(file).split('\n').map(oneLine).includes(line));
}

const rerun = (room: string, { file, line }: Survivor): string =>
  `${scoreFile}: ${file} has no line \`${line}\` any more: npm run mutation -- --room "${room}"`;
