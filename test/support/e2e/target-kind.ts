export type TargetKind = 'embedded' | 'localstack' | 'ministack' | 'other';

/** The kind of target that this run is against; `npm run test:e2e -- --target …` sets it. */
export const targetKind = (process.env.E2E_TARGET ?? 'embedded') as TargetKind;

/** Loads that a target can bear: emulators start a process for each concurrent invocation. */
export function loadFor<Load>(loads: { readonly embedded: Load; readonly others: Load }): Load {
  return targetKind === 'embedded' ? loads.embedded : loads.others;
}
