import type { Reading } from '../reading/change.ts';
import type { Danger, DangerRule } from './danger.ts';
import { calledFunction, lostData, oldVersions, removedSafetyNet, removedState } from './losses.ts';
import { demoRoute, faultsOn, openedRoute, otherAuthorizer, widerPolicy } from './openings.ts';
import { backups, deletionProtection, encryption, shorterRetention, weakerAlarm } from './protections.ts';

/** Worst first: a report has them in this order. */
export const dangerRules: readonly DangerRule[] = [
  lostData,
  calledFunction,
  oldVersions,
  removedState,
  widerPolicy,
  openedRoute,
  otherAuthorizer,
  demoRoute,
  faultsOn,
  removedSafetyNet,
  deletionProtection,
  backups,
  encryption,
  shorterRetention,
  weakerAlarm,
];

export function dangersOf(reading: Reading): Danger[] {
  return dangerRules.flatMap(({ name, judge }) =>
    reading.changes
      .filter(({ action }) => action !== 'no-op' && action !== 'read')
      .flatMap((change) =>
        judge(change, reading).map((sentence) => ({
          id: `${name}:${change.address}`,
          rule: name,
          address: change.address,
          sentence,
        })),
      ),
  );
}
