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
  /** Session part of the ARN of whoever runs as this role. */
  sessionOf(roleArn: string): string;
}

/**
 * IAM of the embedded cloud: the stack's own policies, enforced. Roles are judged by their `aws_iam_role_policy` documents, AWS
 * services by the policy of the resource that they call. Callers from outside (any other credentials) may do everything.
 * Throws StackError on a policy that AWS would refuse or that cannot be judged here.
 */
export function createIam(stack: Stack, observe: Observe = () => {}): Iam {
  const roles = rolesOf(stack);
  const resourcePolicies = resourcePoliciesOf(stack);
  const authorizer = createRoleAuthorizer(roles, stack.accountId, observe);
  const policies = [
    ...[...roles.values()].flatMap((role) => [...role.policies, role.trust]),
    ...[...resourcePolicies.values()].flat(),
  ];
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
    ...createIdentity(roles),
    ...createPermissions(policies, authorizer.forget),
    authorize: telling(authorizer.authorize),
    assertTrust: telling(authorizer.assertTrust),
    observe: authorizer.observe,
    used: authorizer.used,
    authorizeService: telling((request: ServiceRequest) =>
      authorizeServiceBy(resourcePolicies, stack.accountId, request, observe),
    ),
    onDecision(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    sessionOf: (roleArn) => roles.get(roleArn)?.session ?? 'embedded',
  };
}
