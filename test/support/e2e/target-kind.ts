import { isFullLoad } from '../load.ts';

export type TargetKind = 'embedded' | 'localstack' | 'ministack' | 'other';

/** The kind of target that this run is against; `npm run test:e2e -- --target …` sets it. */
export const targetKind = (process.env.E2E_TARGET ?? 'embedded') as TargetKind;

interface Loads<Load> {
  readonly embedded: Load;
  /** With `LOAD=full`; as by default where it is left out. */
  readonly full?: Load;
  readonly others: Load;
}

/** Loads that a target can bear: emulators start a process for each concurrent invocation. */
export function loadFor<Load>({ embedded, full = embedded, others }: Loads<Load>): Load {
  if (targetKind !== 'embedded') return others;
  return isFullLoad ? full : embedded;
}
