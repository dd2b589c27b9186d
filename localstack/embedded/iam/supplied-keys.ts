import type { SuppliedKeys } from './condition.ts';
import type { Matcher } from './pattern.ts';

/** Whose policy it is: a role's, what a role may be assumed by, or a resource's own. */
export type PolicyKind = 'identity' | 'trust' | 'resource';

const OF_KIND: Readonly<Record<PolicyKind, SuppliedKeys>> = {
  identity: ['aws:PrincipalArn', 'aws:PrincipalAccount', 'aws:ResourceAccount', 'aws:SecureTransport'],
  trust: ['aws:SourceAccount', 'aws:SourceArn'],
  resource: [
    'aws:PrincipalArn',
    'aws:PrincipalAccount',
    'aws:ResourceAccount',
    'aws:SourceAccount',
    'aws:SourceArn',
    'aws:SecureTransport',
  ],
};

/**
 * Keys that requests of single actions carry. Scan is not among them: it reads all partitions and names none.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
const OF_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'dynamodb:LeadingKeys': [
    'dynamodb:BatchGetItem',
    'dynamodb:BatchWriteItem',
    'dynamodb:ConditionCheckItem',
    'dynamodb:DeleteItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'dynamodb:UpdateItem',
  ],
};

/** What a condition may ask for in a statement; `actions` are its action patterns, none where it has `NotAction`. */
export function suppliedKeys(kind: PolicyKind, actions: readonly Matcher[]): SuppliedKeys {
  const ofActions = Object.entries(OF_ACTIONS).filter(
    ([, carriers]) => actions.length > 0 && actions.every((matches) => carriers.some((carrier) => matches(carrier))),
  );
  return [...OF_KIND[kind], ...(kind === 'identity' ? ofActions.map(([key]) => key) : [])];
}
