import { allLegs } from '#functions/legs.ts';
import type { LegRecord } from '#functions/trip/define-leg.ts';
import { readSaga } from '../../../statemachine/tools/asl.ts';
import { type LegLintInput, lintLegs } from '../../../statemachine/tools/lint-legs.ts';

// biome-ignore lint/suspicious/noExplicitAny: a mutation may leave something that is no state machine any more.
export type Mutable = any;

const placeholdersOf = (legs: readonly LegRecord[]): Set<string> => {
  const states = Object.values(readSaga().States).map(
    ({ Resource = '' }) => /^\{\{(\w+)\}\}$/.exec(Resource)?.[1] ?? '',
  );
  return new Set([
    ...states,
    ...legs.flatMap((leg) => Object.values(leg.states).map((state) => `${state}FunctionArn`)),
  ]);
};

/** Problems of the saga after a mutation. */
export const problemsOf = (mutate: (machine: Mutable) => void, given: Partial<LegLintInput> = {}): string[] => {
  const machine: Mutable = structuredClone(readSaga());
  mutate(machine);
  const { legs = allLegs } = given;
  return lintLegs({
    machine,
    legs,
    files: legs.map((leg) => ({ folder: leg.name, exports: { [leg.name]: leg } })),
    ownFunctions: [],
    placeholders: placeholdersOf(legs),
    ...given,
  });
};
