import type { Observe } from '../observer.ts';
import type { Stack } from '../types.ts';
import { createIdentity, type Identity } from './identity.ts';
import { createPermissions, type Permissions } from './permissions.ts';
import { authorizeServiceBy, resourcePoliciesOf, type ServiceRequest } from './resource-policies.ts';
import { createRoleAuthorizer, type RoleAuthorizer } from './role-authorizer.ts';
import { rolesOf } from './roles.ts';

/** An answer to a role or to an AWS service that asked for something. */
export interface Decision {
  readonly granted: boolean;
  /** Asks for the same once more: throws AwsError where it is refused by now. */
  again(): void;
}

export interface Iam
  extends Identity,
    Permissions,
    Pick<RoleAuthorizer, 'authorize' | 'assertTrust' | 'observe' | 'used'> {
  /** Tells of every decision, until what it returns is called. */
  onDecision(listener: (decision: Decision) => void): () => void;
  /** Throws AwsError unless the resource's own policy lets an AWS service (`events.amazonaws.com`, …) do this for its source. */
  authorizeService(request: ServiceRequest): void;
  /** Session part of the ARN of what runs as this role. */
  sessionOf(roleArn: string): string;
  /** Judges by the policies of this stack from now on. What `without` took out is back, and nothing counts as used. */
  swap(stack: Stack): void;
}

/**
 * IAM of the local cloud: the stack's own policies, enforced. Roles are judged by their `aws_iam_role_policy` documents and
 * by the policy of the resource that they call, AWS services by the latter alone. Callers from outside (any other credentials) may do everything.
 * Throws StackError on a policy that AWS would refuse or that cannot be judged here.
 */
export function createIam(stack: Stack, observe: Observe = () => {}): Iam {
  let judge = judgeBy(stack, observe);
  const listeners = new Set<(decision: Decision) => void>();
  const telling =
    <Request extends unknown[]>(decide: (...request: Request) => void) =>
    (...request: Request): void => {
      let granted = false;
      try {
        decide(...request);
        granted = true;
      } finally {
        for (const listener of listeners) listener({ granted, again: () => decide(...request) });
      }
    };
  return {
    callerOf: (accessKeyId) => judge.identity.callerOf(accessKeyId),
    credentialsFor: (roleArn) => judge.identity.credentialsFor(roleArn),
    policies: () => judge.permissions.policies(),
    unused: () => judge.permissions.unused(),
    without: (permission) => judge.permissions.without(permission),
    authorize: telling((...request: Parameters<Iam['authorize']>) => judge.authorizer.authorize(...request)),
    assertTrust: telling((...request: Parameters<Iam['assertTrust']>) => judge.authorizer.assertTrust(...request)),
    observe: (listener) => judge.authorizer.observe(listener),
    used: () => judge.authorizer.used(),
    authorizeService: telling((request: ServiceRequest) =>
      authorizeServiceBy(judge.resourcePolicies, stack.accountId, request, observe),
    ),
    onDecision(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    sessionOf: (roleArn) => judge.roles.get(roleArn)?.session ?? 'embedded',
    swap(next) {
      judge = judgeBy(next, observe);
    },
  };
}

function judgeBy(stack: Stack, observe: Observe) {
  const roles = rolesOf(stack);
  const resourcePolicies = resourcePoliciesOf(stack);
  const authorizer = createRoleAuthorizer(roles, resourcePolicies, stack.accountId, observe);
  const policies = [
    // One that is attached to several roles comes once.
    ...new Set([...roles.values()].flatMap((role) => [...role.policies, role.trust])),
    ...[...resourcePolicies.values()].flat(),
  ];
  return {
    roles,
    resourcePolicies,
    authorizer,
    identity: createIdentity(roles),
    permissions: createPermissions(policies, authorizer.forget),
  };
}
