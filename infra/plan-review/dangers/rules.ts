import type { Change, Reading } from '../reading/change.ts';
import { weakerAlarm } from './alarms.ts';
import { attachedPolicy } from './attachments.ts';
import type { Danger, DangerRule } from './danger.ts';
import { elsewhere } from './elsewhere.ts';
import { hiddenSetting } from './hidden.ts';
import { calledFunction, lostData, oldVersions, removedState } from './losses.ts';
import { removedSafetyNet } from './nets.ts';
import { demoRoute, faultsOn, openedRoute, otherAuthorizer, widerPolicy } from './openings.ts';
import { backups, deletionProtection, encryption } from './protections.ts';
import { shorterRetention } from './retention.ts';

/** Worst first: a report has them in this order. */
export const dangerRules: readonly DangerRule[] = [
  lostData,
  elsewhere,
  calledFunction,
  oldVersions,
  removedState,
  widerPolicy,
  attachedPolicy,
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
  hiddenSetting,
];

export function dangersOf(reading: Reading): Danger[] {
  const changes = [...reading.changes, ...reading.settings].filter(
    ({ action }) => action !== 'no-op' && action !== 'read',
  );
  return dangerRules.flatMap(({ name, judge, judgeDrift = () => [] }) => {
    const dangers = (change: Change, sentences: readonly string[]): Danger[] =>
      sentences.map((sentence) => ({
        id: `${name}:${change.address}`,
        rule: name,
        address: change.address,
        sentence,
      }));
    return [
      ...changes.flatMap((change) => dangers(change, judge(change, reading))),
      ...reading.drift.flatMap((change) => dangers(change, judgeDrift(change))),
    ];
  });
}
