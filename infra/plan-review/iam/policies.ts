import type { JsonObject } from '../json.ts';
import type { Change, Reading } from '../reading/change.ts';
import { type TextPair, textsOf } from '../symbols.ts';
import { wordsFor } from '../words.ts';
import { comparePolicies, type PolicyDifference } from './compare.ts';

export interface PolicyChange extends PolicyDifference {
  readonly change: Change;
  /** `policy`, `assume_role_policy` */
  readonly attribute: string;
  /** Whether references stand for values that are not known before the apply. */
  readonly isSymbolic: boolean;
}

/** Attributes that hold a policy as text, by type. */
const policyAttributes: Readonly<Record<string, readonly string[]>> = {
  aws_iam_policy: ['policy'],
  aws_iam_role: ['assume_role_policy'],
  aws_iam_role_policy: ['policy'],
  aws_sns_topic_policy: ['policy'],
  aws_sqs_queue_policy: ['policy'],
};

/** The policies of a resource that changes. A permission to call a function counts as a policy of one statement. */
export function policyChangesOf(change: Change, reading: Reading): PolicyChange[] {
  if (change.action === 'no-op' || change.action === 'read') return [];
  if (change.type === 'aws_lambda_permission')
    return [compared(change, 'permission', permissionTexts(change, reading))];
  return (policyAttributes[change.type] ?? []).map((attribute) =>
    compared(change, attribute, textsOf(change, attribute, reading)),
  );
}

function compared(change: Change, attribute: string, { before, after, isSymbolic }: TextPair): PolicyChange {
  const isBlind = isSymbolic && after === undefined;
  const difference: PolicyDifference = isBlind
    ? { verdict: 'unknown', added: [], removed: [] }
    : comparePolicies(before, after);
  return { change, attribute, isSymbolic, ...difference };
}

/** The policy in the service's own words. */
export const policyWords = ({ attribute, change }: Pick<PolicyChange, 'attribute' | 'change'>): string =>
  attribute === 'assume_role_policy' ? `the trust policy of ${wordsFor(change)}` : wordsFor(change);

const permissionFields = ['action', 'principal', 'function_name', 'qualifier', 'source_arn', 'source_account'] as const;
type PermissionFields = Partial<Record<(typeof permissionFields)[number], string>>;

function permissionTexts(change: Change, reading: Reading): TextPair {
  const pairs = permissionFields.map((field) => [field, textsOf(change, field, reading)] as const);
  const side = (which: 'before' | 'after'): string | undefined => {
    if (change[which] === undefined) return undefined;
    const fields = Object.fromEntries(pairs.map(([field, pair]) => [field, pair[which]]));
    return JSON.stringify({ Statement: [statementOf(fields)] });
  };
  const blind = pairs.some(([, { after, isSymbolic }]) => isSymbolic && after === undefined);
  return {
    before: side('before'),
    after: blind ? undefined : side('after'),
    isSymbolic: pairs.some(([, { isSymbolic }]) => isSymbolic),
  };
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
function statementOf(fields: PermissionFields): JsonObject {
  const { action, principal, function_name, qualifier, source_arn, source_account } = fields;
  const conditions = {
    ...(source_arn ? { ArnLike: { 'AWS:SourceArn': source_arn } } : {}),
    ...(source_account ? { StringEquals: { 'AWS:SourceAccount': source_account } } : {}),
  };
  return {
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : { Service: principal },
    Action: action,
    Resource: qualifier ? `${function_name}:${qualifier}` : function_name,
    ...(Object.keys(conditions).length > 0 ? { Condition: conditions } : {}),
  };
}
