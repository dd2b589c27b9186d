import type { Stack } from '../types.ts';
import { createIdentity, type Identity } from './identity.ts';
import { createPermissions, type Permissions } from './permissions.ts';
import { authorizeServiceBy, resourcePoliciesOf, type ServiceRequest } from './resource-policies.ts';
import { createRoleAuthorizer, type RoleAuthorizer } from './role-authorizer.ts';
import { rolesOf } from './roles.ts';

export interface Iam
  extends Identity,
    Permissions,
    Pick<RoleAuthorizer, 'authorize' | 'assertTrust' | 'observe' | 'used'> {
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
export function createIam(stack: Stack): Iam {
  const roles = rolesOf(stack);
  const resourcePolicies = resourcePoliciesOf(stack);
  const authorizer = createRoleAuthorizer(roles, stack.accountId);
  const policies = [
    ...[...roles.values()].flatMap((role) => [...role.policies, role.trust]),
    ...[...resourcePolicies.values()].flat(),
  ];
  return {
    ...createIdentity(roles),
    ...createPermissions(policies, authorizer.forget),
    authorize: authorizer.authorize,
    assertTrust: authorizer.assertTrust,
    observe: authorizer.observe,
    used: authorizer.used,
    authorizeService: (request) => authorizeServiceBy(resourcePolicies, stack.accountId, request),
    sessionOf: (roleArn) => roles.get(roleArn)?.session ?? 'embedded',
  };
}
