import { describe, expect, it } from '@jest/globals';
import { lintScore } from '#test/mutation/lint-score.ts';
import { pageFile, pageOf } from '#test/mutation/page.ts';
import { readScore, type Score } from '#test/mutation/score.ts';

const recorded = readScore();

/** The sources that a score is of, and its page. */
const sourcesOf =
  (score: Score, lines = score.flatMap((room) => room.survivors)) =>
  (file: string) =>
    file === pageFile
      ? pageOf(score)
      : lines.flatMap((one) => (one.file === file ? [`  ${one.line.replace(' ', '   ')}`] : [])).join('\n');

describe('the check of the recorded score', () => {
  it('given the sources that it is of, then has no problem', () => {
    expect(lintScore(recorded, sourcesOf(recorded))).toEqual([]);
  });

  it('given a survivor whose line was changed, then asks for its room to be run again', () => {
    const [room] = recorded.filter(({ survivors }) => survivors.length > 0);
    const [changed, ...others] = recorded.flatMap(({ survivors }) => survivors);
    const sources = sourcesOf(
      recorded,
      others.filter(({ line }) => line !== changed?.line),
    );
    expect(lintScore(recorded, sources)).toEqual([
      `test/mutation/score.json: ${changed?.file} has no line \`${changed?.line}\` any more: npm run mutation -- --room "${room?.name}"`,
    ]);
  });

  it('given a survivor that a test kills now, then asks for its reason to go', () => {
    const killed = recorded.map((room) => ({ ...room, killed: room.mutants, survivors: [] }));
    expect(lintScore(killed, sourcesOf(killed))).toContainEqual(
      expect.stringMatching(/^test\/mutation\/survivors\.ts: no survivor has the reason ".+": remove it$/),
    );
  });

  it('given a page of another score, then says how it is written', () => {
    const score = recorded.map((room, index) => ({
      ...room,
      mutants: room.mutants + index,
      killed: room.killed + index,
    }));
    const sources = (file: string) => (file === pageFile ? pageOf(recorded) : sourcesOf(score)(file));
    expect(lintScore(score, sources)).toEqual([
      'docs/mutation.md does not say what test/mutation/score.json says: npm run mutation -- --page',
    ]);
  });
});
