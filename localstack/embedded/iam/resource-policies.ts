import type { Observe } from '../observer.ts';
import { addressOf, refuseAttributes } from '../resource.ts';
import { StackError } from '../stack/stack-error.ts';
import { AwsError, type Stack, type StackResource } from '../types.ts';
import { factsOf } from './condition.ts';
import { denialOf, type Policy, parsePolicy, type Statement, statementsFor, verdictOf } from './policy.ts';

/** A call that one AWS service makes to another's resource on behalf of a resource of the account. */
export interface ServiceRequest {
  /** For instance `events.amazonaws.com`. */
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** ARN of the rule, topic or API route that the call is made for. */
  readonly sourceArn: string;
  /** The resource's policy as JSON where a call has given it one in place of the stack's; empty where it has none at all. */
  readonly policy?: string | undefined;
}

/** Policies by the ARN of the resource that they guard: queues, topics, functions (a permission is a statement of their policy). */
export function resourcePoliciesOf(stack: Stack): ReadonlyMap<string, readonly Policy[]> {
  const policies = new Map<string, Policy[]>();
  const add = (arn: string, policy: Policy) => policies.set(arn, [...(policies.get(arn) ?? []), policy]);
  const addDocument = (resource: StackResource, arn: string) => {
    if (resource.attributes.policy) add(arn, parsePolicy(addressOf(resource), resource.attributes.policy, 'resource'));
  };
  const queues = stack.resources('aws_sqs_queue');
  for (const queue of queues) addDocument(queue, queue.attributes.arn);
  for (const policy of stack.resources('aws_sqs_queue_policy')) {
    const url = policy.attributes.queue_url;
    const queue = queues.find(({ attributes }) => attributes.url === url);
    if (!queue) throw new StackError(`the stack has no queue ${url}`, { place: `${addressOf(policy)}.queue_url` });
    addDocument(policy, queue.attributes.arn);
  }
  for (const topic of stack.resources('aws_sns_topic')) addDocument(topic, topic.attributes.arn);
  for (const policy of stack.resources('aws_sns_topic_policy')) addDocument(policy, policy.attributes.arn);
  for (const permission of stack.resources('aws_lambda_permission')) {
    refuseAttributes(permission, ofPermission);
    const statement = permissionStatement(permission, stack);
    add(statement.Resource, parsePolicy(addressOf(permission), { Statement: statement }, 'resource'));
  }
  return policies;
}

/** @param fromCall the policy that a call has given the resource, in place of the stack's; empty where it has none at all */
function policiesOf(
  policies: ReadonlyMap<string, readonly Policy[]>,
  resource: string,
  fromCall: string | undefined,
): readonly Policy[] {
  if (fromCall === undefined) return policies.get(resource) ?? [];
  return fromCall === '' ? [] : [parsePolicy(resource, fromCall, 'resource')];
}

/** What of a resource's policy a role of the account is judged by, besides the role's own policies. */
export function statementsForRole(
  policies: ReadonlyMap<string, readonly Policy[]>,
  accountId: string,
  principals: readonly string[],
  { action, resource, policy }: Pick<ServiceRequest, 'action' | 'resource' | 'policy'>,
): readonly Statement[] {
  const own = policiesOf(policies, resource, policy);
  const account = [accountId, `arn:aws:iam::${accountId}:root`];
  return [
    ...statementsFor(own, { action, resource, principals }),
    // What the account is allowed its roles still need a policy of their own for; what it is denied they all are.
    ...statementsFor(own, { action, resource, principals: account }).filter(({ effect }) => effect === 'Deny'),
  ];
}

/** Throws AwsError unless the resource's policy lets the service in. */
export function authorizeServiceBy(
  policies: ReadonlyMap<string, readonly Policy[]>,
  accountId: string,
  { principal, action, resource, sourceArn, policy }: ServiceRequest,
  observe: Observe = () => {},
): void {
  const facts = factsOf({
    'aws:ResourceAccount': accountId,
    'aws:SourceArn': sourceArn,
    'aws:SourceAccount': accountId,
    'aws:SecureTransport': 'true',
  });
  const request = { principals: [principal], action, resource };
  const statements = statementsFor(policiesOf(policies, resource, policy), request);
  const verdict = verdictOf(statements, request, facts);
  if (verdict === 'allowed') return;
  const missing = {
    Effect: 'Allow' as const,
    Principal: { Service: principal },
    Action: action,
    Resource: resource,
    Condition: { ArnEquals: { 'aws:SourceArn': sourceArn } },
  };
  const deniedBy = denialOf(statements, facts)?.place;
  observe({ type: 'callDenied', by: principal, action, resource, missing: deniedBy ? undefined : missing, deniedBy });
  const reason =
    deniedBy !== undefined
      ? `with an explicit deny in a resource-based policy: ${deniedBy}`
      : `because no resource-based policy allows the ${action} action`;
  const message = `${principal} (for ${sourceArn}) is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
  throw new AwsError('AccessDeniedException', message);
}

const ofPermission = {
  function_url_auth_type: 'functions have no URL here',
  principal_org_id: 'name the account by source_account',
};

/** The statement that AWS adds to the function's policy for `aws_lambda_permission`. */
function permissionStatement({ attributes }: StackResource, { region, accountId }: Stack) {
  const { action, function_name: name, qualifier, principal } = attributes;
  const { source_arn: sourceArn, source_account: sourceAccount } = attributes;
  const Condition = {
    ...(sourceArn ? { ArnLike: { 'aws:SourceArn': sourceArn } } : {}),
    ...(sourceAccount ? { StringEquals: { 'aws:SourceAccount': sourceAccount } } : {}),
  };
  const ofFunction: string = name.startsWith('arn:') ? name : `arn:aws:lambda:${region}:${accountId}:function:${name}`;
  const Resource = qualifier ? `${ofFunction}:${qualifier}` : ofFunction;
  const Principal = principal === '*' ? '*' : { Service: principal };
  return { Effect: 'Allow', Action: action, Principal, Resource, Condition };
}
