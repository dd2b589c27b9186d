import { booked, forwardPath, undonePath } from './saga-paths.ts';

export const endStatesFile = 'test/e2e/end-states.json';

export type RecordedEnds = Readonly<Record<string, { readonly states: readonly string[] }>>;

/**
 * Compares the recorded end states with the run types, and the states of each recorded run with the path that the tests spell.
 * @param failingStateOf the state that fails by run type; undefined where none does
 * @returns one sentence a violation
 */
export function lintEndStates(
  recorded: RecordedEnds,
  failingStateOf: Readonly<Record<string, string | undefined>>,
): string[] {
  const unknown = Object.keys(recorded).filter((runType) => !(runType in failingStateOf));
  const problems = Object.entries(failingStateOf).flatMap(([runType, failing]) => {
    const found = recorded[runType]?.states;
    if (found === undefined) return [`has no end state of run type ${runType}`];
    const expected = pathOf(failing);
    const at = expected.findIndex((state, index) => state !== found[index]);
    if (at === -1 && found.length === expected.length) return [];
    const place = at === -1 ? expected.length : at;
    return [`${runType} has ${found[place] ?? 'nothing'} where its run enters ${expected[place] ?? 'nothing'}`];
  });
  return [...problems, ...unknown.map((runType) => `has ${runType}, which is no run type`)].map(
    (problem) => `${endStatesFile}: ${problem}: UPDATE_END_STATES=1 npm run test:e2e -- end-states records it`,
  );
}

function pathOf(failing: string | undefined): readonly string[] {
  if (failing === undefined) return [...forwardPath, 'NotifyBookingConfirmed', booked];
  if (failing === 'NotifyBookingConfirmed')
    return [...forwardPath, failing, 'SendConfirmationToDeadLetterQueue', booked];
  return undonePath(failing);
}
