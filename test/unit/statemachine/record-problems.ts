import { allLegs } from '#functions/legs.ts';
import type { LegRecord } from '#functions/trip/define-leg.ts';
import { readSaga } from '../../../statemachine/tools/asl.ts';
import { type LegFile, lintRecords } from '../../../statemachine/tools/lint-records.ts';

export const fileOf = (leg: LegRecord, folder = leg.name, exported = folder): LegFile => ({
  folder,
  exports: { [exported]: leg },
});
export const files = allLegs.map((leg) => fileOf(leg));
export const lint = (legs: readonly LegRecord[], found: readonly LegFile[]): string[] =>
  lintRecords({ machine: readSaga(), legs, files: found, ownFunctions: new Set(['TakePayment', 'Graphql']) });
