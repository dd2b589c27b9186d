import { blockOf, type Json, type JsonObject } from '../json.ts';
import { capital, wordsFor } from '../words.ts';
import type { DangerRule } from './danger.ts';

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
    type: 'aws_cloudwatch_log_group',
    isOn: ({ kms_key_id }) => isText(kms_key_id),
    lost: 'is encrypted by a key of AWS alone',
  },
  {
    type: 'aws_sns_topic',
    isOn: ({ kms_master_key_id }) => isText(kms_master_key_id),
    lost: 'keeps its messages unencrypted',
  },
]);

const isText = (value: Json | undefined): boolean => typeof value === 'string' && value !== '';
