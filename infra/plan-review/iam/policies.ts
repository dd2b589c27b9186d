import type { JsonObject } from '../json.ts';
import type { Change, Reading } from '../reading/change.ts';
import { changedSecret } from '../reading/mask.ts';
import { type TextPair, textsOf } from '../symbols.ts';
import { wordsFor } from '../words.ts';
import { comparePolicies, type PolicyDifference } from './compare.ts';
import { permissionsOf } from './statements.ts';

export interface PolicyChange extends PolicyDifference {
  readonly change: Change;
  /** `policy`, `assume_role_policy` */
  readonly attribute: string;
  /** Whether references stand for values that are not known before the apply. */
  readonly isSymbolic: boolean;
}

/** Attributes that hold a policy as text, of whatever type of resource. */
const policyAttributes = [
  'policy',
  'assume_role_policy',
  'resource_policy',
  'policy_document',
  'access_policy',
] as const;

/** Types that have such an attribute of their own, which AWS answers where nothing configures it. */
const isComputed = (type: string): boolean =>
  type === 'aws_sqs_queue' || type === 'aws_sns_topic' || type === 'aws_kms_key';

/** The policies of a resource that changes. A permission to call a function counts as a policy of one statement. */
export function policyChangesOf(change: Change, reading: Reading): PolicyChange[] {
  if (change.action === 'no-op' || change.action === 'read') return [];
  if (change.type === 'aws_lambda_permission')
    return [compared(change, 'permission', permissionTexts(change, reading))];
  return policyAttributes.flatMap((attribute) => {
    const texts = textsOf(change, attribute, reading);
    const isThere = [texts.before, texts.after].some((text) => text !== undefined && permissionsOf(text) !== undefined);
    const isUnknown = change.unknown[attribute] === true && !isComputed(change.type);
    const isHidden = texts.after === changedSecret;
    return isThere || isUnknown || isHidden ? [compared(change, attribute, texts)] : [];
  });
}

/** Whether the policy, spelled in another way, says the same as before. */
export function isSamePolicy(attribute: string, before: string | undefined, after: string | undefined): boolean {
  const isPolicy = policyAttributes.some((name) => name === attribute);
  return isPolicy && before !== undefined && after !== undefined && comparePolicies(before, after).verdict === 'same';
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

const permissionFields = [
  'action',
  'principal',
  'principal_org_id',
  'function_name',
  'qualifier',
  'source_arn',
  'source_account',
] as const;
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
  const { action, principal, principal_org_id, function_name, qualifier, source_arn, source_account } = fields;
  const equals = {
    ...(source_account ? { 'AWS:SourceAccount': source_account } : {}),
    ...(principal_org_id ? { 'AWS:PrincipalOrgID': principal_org_id } : {}),
  };
  const conditions = {
    ...(source_arn ? { ArnLike: { 'AWS:SourceArn': source_arn } } : {}),
    ...(Object.keys(equals).length > 0 ? { StringEquals: equals } : {}),
  };
  return {
    Effect: 'Allow',
    Principal: isService(principal) ? { Service: principal } : { AWS: principal },
    Action: action,
    Resource: qualifier ? `${function_name}:${qualifier}` : function_name,
    ...(Object.keys(conditions).length > 0 ? { Condition: conditions } : {}),
  };
}

/** A service has the name of a host. Other principals are everyone, an account, a user or a role. */
const isService = (principal: string | undefined): boolean => /^[\w-]+(\.[\w-]+)+$/.test(principal ?? '');
