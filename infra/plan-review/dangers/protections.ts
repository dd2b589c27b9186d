import { blockOf, isList, type Json, type JsonObject } from '../json.ts';
import type { Change } from '../reading/change.ts';
import { capital, wordsFor } from '../words.ts';
import { type DangerRule, goneWords } from './danger.ts';

interface Protection {
  readonly type: string;
  readonly isOn: (values: JsonObject) => boolean;
  readonly lost: string;
}

/** A rule over settings that are on or off: it speaks where one goes off. */
function protectionRule(name: string, about: string, protections: readonly Protection[]): DangerRule {
  return {
    name,
    about,
    judge: (change) =>
      protections
        .filter(({ type, isOn }) => {
          const { before, after } = change;
          return change.type === type && before !== undefined && after !== undefined && isOn(before) && !isOn(after);
        })
        .map(({ lost }) => `${capital(wordsFor(change))} ${lost}.`),
  };
}

export const deletionProtection = protectionRule('deletion-protection-off', 'takes the protection from deletion away', [
  {
    type: 'aws_dynamodb_table',
    isOn: ({ deletion_protection_enabled }) => deletion_protection_enabled === true,
    lost: 'can be deleted by one call',
  },
  {
    type: 'aws_cognito_user_pool',
    isOn: ({ deletion_protection }) => deletion_protection === 'ACTIVE',
    lost: 'can be deleted by one call',
  },
]);

export const backups = protectionRule('backups-off', 'turns point-in-time recovery off', [
  {
    type: 'aws_dynamodb_table',
    isOn: ({ point_in_time_recovery }) => blockOf(point_in_time_recovery)?.enabled === true,
    lost: 'cannot be restored to an earlier moment any more, and its backups so far are gone',
  },
]);

export const encryption = protectionRule('encryption-off', 'turns encryption at rest off, or gives the key up', [
  {
    type: 'aws_dynamodb_table',
    isOn: ({ server_side_encryption }) => blockOf(server_side_encryption)?.enabled === true,
    lost: 'is encrypted by a key of AWS alone',
  },
  {
    type: 'aws_sqs_queue',
    isOn: ({ sqs_managed_sse_enabled, kms_master_key_id }) =>
      sqs_managed_sse_enabled === true || isText(kms_master_key_id),
    lost: 'keeps its messages unencrypted',
  },
  {
    type: 'aws_sns_topic',
    isOn: ({ kms_master_key_id }) => isText(kms_master_key_id),
    lost: 'keeps its messages unencrypted',
  },
]);

const isText = (value: Json | undefined): boolean => typeof value === 'string' && value !== '';

const retentions: Readonly<Record<string, readonly [attribute: string, unit: string]>> = {
  aws_cloudwatch_log_group: ['retention_in_days', 'days'],
  aws_sqs_queue: ['message_retention_seconds', 'seconds'],
};

export const shorterRetention: DangerRule = {
  name: 'retention-shorter',
  about: 'keeps log lines or messages for less time',
  judge: (change) => {
    const [attribute, unit] = retentions[change.type] ?? [];
    const { before, after } = change;
    if (attribute === undefined || before === undefined || after === undefined) return [];
    const [old, fresh] = [before[attribute], after[attribute]].map(lengthOf);
    if (old === undefined || fresh === undefined || fresh >= old) return [];
    const words = (length: number) => (length === Number.POSITIVE_INFINITY ? 'for ever' : `${length} ${unit}`);
    return [
      `${capital(wordsFor(change))} is kept for ${words(fresh)} instead of ${words(old)}: what is older is deleted.`,
    ];
  },
};

/** CloudWatch keeps log lines for ever where it says 0 or nothing. */
function lengthOf(value: Json | undefined): number | undefined {
  if (value === undefined || value === null || value === 0) return Number.POSITIVE_INFINITY;
  return typeof value === 'number' ? value : undefined;
}

export const weakerAlarm: DangerRule = {
  name: 'alarm-removed',
  about: 'removes an alarm, or keeps it from ringing',
  judge: (change) => {
    if (change.type !== 'aws_cloudwatch_metric_alarm') return [];
    if (change.action === 'delete')
      return [`${capital(wordsFor(change))} ${goneWords(change)}: it does not ring any more.`];
    const { before, after } = change;
    if (before === undefined || after === undefined) return [];
    return weakenings(before, after, change).map((how) => `${capital(wordsFor(change))} ${how}.`);
  },
};

function weakenings(before: JsonObject, after: JsonObject, { unknown }: Change): string[] {
  const found: string[] = [];
  const rings = (values: JsonObject): boolean => isList(values.alarm_actions) && values.alarm_actions.length > 0;
  if (before.actions_enabled !== false && after.actions_enabled === false) found.push('has its actions turned off');
  if (rings(before) && !rings(after) && unknown.alarm_actions === undefined) found.push('loses its actions');
  const [old, fresh] = [before.threshold, after.threshold];
  const isUpper = String(after.comparison_operator ?? '').startsWith('GreaterThan');
  if (typeof old === 'number' && typeof fresh === 'number' && (isUpper ? fresh > old : fresh < old)) {
    found.push(`rings at ${fresh} instead of ${old} only`);
  }
  return found;
}
