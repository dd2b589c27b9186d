import { describe, expect, it } from '@jest/globals';
import { problemsOf } from '#test/mutation/judge.ts';
import { leastPerCent, rooms } from '#test/mutation/rooms.ts';
import type { RoomScore, Survivor } from '#test/mutation/score.ts';

const aSurvivor = (fields: Partial<Survivor> = {}): Survivor => ({
  file: 'functions/x.ts',
  was: 'a < b',
  became: 'a <= b',
  line: 'if (a < b) return;',
  ...fields,
});

/** Every room with a hundred mutants, of which so many are killed. */
const aScore = (killed: number, survivors: readonly Survivor[] = []): readonly RoomScore[] =>
  rooms.map(({ name }, index) => ({ name, mutants: 100, killed, survivors: index === 0 ? survivors : [] }));

describe('the recorded score of the mutants', () => {
  it('given every room at its bar, then has no problem', () => {
    const score = aScore(0).map((room, index) => ({ ...room, killed: leastPerCent[rooms[index]?.kind ?? 'saga'] }));
    expect(problemsOf(score)).toEqual([]);
  });

  it.each([
    { perCent: 94, below: ['saga'] },
    { perCent: 84, below: ['saga', 'domain'] },
  ])('given $perCent % killed in every room, then names $below', ({ perCent, below }) => {
    const problems = problemsOf(aScore(perCent));
    expect(problems).toEqual(below.map((kind) => expect.stringContaining(`mutants of the ${kind} rooms were killed`)));
  });

  it('given a room that was never run, then names it', () => {
    const [unscored] = rooms;
    expect(problemsOf(aScore(100).slice(1))).toEqual([
      `the room "${unscored?.name}" has no score: npm run mutation -- --room "${unscored?.name}"`,
    ]);
  });

  it('given a survivor without a reason, then asks for a test or a reason', () => {
    const problems = problemsOf(aScore(99, [aSurvivor()]));
    expect(problems).toEqual([expect.stringContaining('functions/x.ts: no test notices `a <= b` instead of `a < b`')]);
  });
});
