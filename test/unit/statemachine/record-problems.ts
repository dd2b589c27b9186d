import { allLegs } from '#functions/legs.ts';
import { type LegRecord, text } from '#functions/trip/define-leg.ts';
import { cruise } from '#test/support/cruise.ts';
import { readSaga } from '../../../statemachine/tools/asl.ts';
import { type LegFile, lintRecords } from '../../../statemachine/tools/lint-records.ts';

export const fileOf = (leg: LegRecord, folder = leg.name, exported = folder): LegFile => ({
  folder,
  exports: { [exported]: leg },
});
export const files = allLegs.map((leg) => fileOf(leg));
export const lint = (legs: readonly LegRecord[], found: readonly LegFile[]): string[] =>
  lintRecords({ machine: readSaga(), legs, files: found, ownFunctions: new Set(['TakePayment', 'Graphql']) });

/** A cruise with a field more. */
export const withField = (field: string): Partial<LegRecord> => ({
  fields: { ...cruise.fields, [field]: text() },
  demo: { ...cruise.demo, [field]: 'first class' },
});
export const priced = (price: Extract<LegRecord['source'], { from: 'request' }>['price']): Partial<LegRecord> => ({
  source: { from: 'request', price },
});
