import { leastPerCent, type RoomKind, rooms } from './rooms.ts';
import type { Score } from './score.ts';
import { reasonOf } from './survivors.ts';

export interface KindScore {
  readonly kind: RoomKind;
  readonly mutants: number;
  readonly killed: number;
}

export function kindScores(score: Score): readonly KindScore[] {
  return (Object.keys(leastPerCent) as RoomKind[]).map((kind) => {
    const names = new Set(rooms.filter((room) => room.kind === kind).map(({ name }) => name));
    const ofKind = score.filter(({ name }) => names.has(name));
    return { kind, mutants: sumOf(ofKind, 'mutants'), killed: sumOf(ofKind, 'killed') };
  });
}

/**
 * What is wrong with the recorded score, one sentence a problem: a room without a score, a kind of rooms below its bar, a survivor
 * without a reason.
 */
export function problemsOf(score: Score): readonly string[] {
  const scored = new Set(score.map(({ name }) => name));
  return [
    ...rooms
      .filter(({ name }) => !scored.has(name))
      .map(({ name }) => `the room "${name}" has no score: npm run mutation -- --room "${name}"`),
    ...kindScores(score)
      .filter(({ kind, mutants, killed }) => 100 * killed < leastPerCent[kind] * mutants)
      .map(
        ({ kind, mutants, killed }) =>
          `${killed} of ${mutants} mutants of the ${kind} rooms were killed, which is less than ${leastPerCent[kind]} %`,
      ),
    ...score.flatMap(({ survivors }) =>
      survivors
        .filter((survivor) => reasonOf(survivor) === undefined)
        .map(
          ({ file, line, was, became }) =>
            `${file}: no test notices \`${became}\` instead of \`${was}\` in \`${line}\`: write one, or say in test/mutation/survivors.ts why it is no fault`,
        ),
    ),
  ];
}

const sumOf = (score: Score, field: 'mutants' | 'killed'): number => score.reduce((sum, room) => sum + room[field], 0);
