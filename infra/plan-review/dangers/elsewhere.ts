import { isList, isSame, type Json, type JsonObject } from '../json.ts';
import type { Change } from '../reading/change.ts';
import { capital, wordsFor } from '../words.ts';
import type { DangerRule } from './danger.ts';

/**
 * Terraform finds what it made by the region, the account and the state. With another of them it destroys nothing and makes all
 * of it anew, and the data stay where no later plan sees them.
 */
export const elsewhere: DangerRule = {
  name: 'data-out-of-sight',
  about: 'looks for the stage in another region or account, or in another state',
  judge: ({ type, before, after }) => {
    if (before === undefined || after === undefined) return [];
    if (type === 'provider') return [...otherRegion(before, after), ...otherAccount(before, after)];
    return type === 'backend' ? otherState(before, after) : [];
  },
  judgeDrift: (change) =>
    change.action === 'delete' && holdsData.has(change.type)
      ? [
          `${capital(wordsFor(change))} is not found any more: either it was deleted, or Terraform looks in another region or account. The apply makes an empty one.`,
        ]
      : [],
};

const holdsData = new Set<Change['type']>(['aws_dynamodb_table', 'aws_cognito_user_pool']);

function otherRegion({ region: old }: JsonObject, { region: fresh }: JsonObject): string[] {
  if (isSame(old, fresh)) return [];
  return [`The region changes from ${said(old)} to ${said(fresh)}: ${madeAnew}.`];
}

function otherAccount(before: JsonObject, after: JsonObject): string[] {
  const [old, fresh] = [before.allowed_account_ids, after.allowed_account_ids];
  const dropped = isList(old) ? old.filter((account) => !(isList(fresh) && fresh.includes(account))) : [];
  const changes: string[] = [];
  if (dropped.length > 0) {
    changes.push(
      isList(fresh)
        ? `The account changes from ${said(old)} to ${said(fresh)}: ${madeAnew}.`
        : `Credentials of any account are taken, not only those of ${said(old)}: by another one, ${madeAnew}.`,
    );
  }
  if (!isSame(before.assume_role, after.assume_role)) {
    changes.push(`Terraform acts by another role: if it belongs to another account, ${madeAnew}.`);
  }
  return changes;
}

const madeAnew = 'Terraform makes everything anew there, without data, and does not see any more what stays behind';

const ofPlace = ['type', 'bucket', 'key', 'region', 'path', 'workspace_key_prefix', 'workspace_dir'] as const;

function otherState(before: JsonObject, after: JsonObject): string[] {
  const differences = ofPlace
    .filter((name) => !isSame(before[name], after[name]))
    .map((name) => `${name} ${said(before[name])} → ${said(after[name])}`);
  if (differences.length === 0) return [];
  return [
    `The state is looked for elsewhere (${differences.join(', ')}): without \`terraform init -migrate-state\` Terraform knows of nothing and makes everything anew, or fails at names that are taken.`,
  ];
}

function said(value: Json | undefined): string {
  if (isList(value)) return value.map(said).join(', ');
  return value === undefined || value === null ? '(none)' : String(value);
}
