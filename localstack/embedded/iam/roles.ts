import { addressOf } from '../resource.ts';
import { StackError } from '../stack/stack-error.ts';
import type { Stack, StackResource } from '../types.ts';
import { attachedPoliciesOf } from './attached-policies.ts';
import { type Policy, parsePolicy } from './policy.ts';

/** A service that runs as a role: the role has to trust it. */
export interface RoleUser {
  readonly servicePrincipal: string;
  readonly arn: string;
}

export interface Role {
  readonly arn: string;
  readonly name: string;
  readonly policies: readonly Policy[];
  readonly trust: Policy;
  readonly users: readonly RoleUser[];
  /** Last part of the assumed role's ARN, as AWS fills it: the function's name. */
  readonly session: string;
}

// Permissions that these would add or take away are not read, so a stack that uses them would be judged wrongly.
const UNSUPPORTED = ['inline_policy', 'managed_policy_arns', 'permissions_boundary'];

/** Every role of the stack by its ARN. */
export function rolesOf(stack: Stack): ReadonlyMap<string, Role> {
  const roles = stack.resources('aws_iam_role');
  const policies = stack.resources('aws_iam_role_policy');
  for (const policy of policies) refuseStranger(policy, roles);
  for (const attachment of stack.resources('aws_iam_role_policy_attachment')) refuseStranger(attachment, roles);
  /** One for all roles that it is attached to, by its place. */
  const attached = new Map<string, Policy>();
  return new Map(
    roles.map((role) => {
      const all = attachedPoliciesOf(stack, role.attributes.name).map(({ place, document }) => {
        const policy = attached.get(place) ?? parsePolicy(place, document, 'identity');
        attached.set(place, policy);
        return policy;
      });
      return [role.attributes.arn, roleOf(role, policies, all, stack)];
    }),
  );
}

function refuseStranger(policy: StackResource, roles: readonly StackResource[]): void {
  const { role } = policy.attributes;
  if (roles.some(({ attributes }) => attributes.name === role)) return;
  throw new StackError(`the stack has no role named "${role}"`, { place: `${addressOf(policy)}.role` });
}

function roleOf(
  resource: StackResource,
  policies: readonly StackResource[],
  attached: readonly Policy[],
  stack: Stack,
): Role {
  const { attributes } = resource;
  const unsupported = UNSUPPORTED.find((attribute) => attributes[attribute] !== undefined);
  if (unsupported) {
    const place = `${addressOf(resource)}.${unsupported}`;
    throw new StackError('is not evaluated by the local cloud; write an aws_iam_role_policy instead', { place });
  }
  const users = usersOf(attributes.arn, stack);
  const functions = stack.resources('aws_lambda_function').filter((each) => each.attributes.role === attributes.arn);
  return {
    arn: attributes.arn,
    name: attributes.name,
    policies: [
      ...policies
        .filter((policy) => policy.attributes.role === attributes.name)
        .map((policy) => parsePolicy(addressOf(policy), policy.attributes.policy, 'identity')),
      ...attached,
    ],
    trust: parsePolicy(`${addressOf(resource)}.assume_role_policy`, attributes.assume_role_policy, 'trust'),
    users,
    session: functions[0]?.attributes.function_name ?? 'embedded',
  };
}

function usersOf(roleArn: string, stack: Stack): RoleUser[] {
  const users = (type: string, attribute: string, servicePrincipal: string) =>
    stack
      .resources(type)
      .filter(({ attributes }) => attributes[attribute] === roleArn)
      .map(({ attributes }) => ({ servicePrincipal, arn: attributes.arn }));
  return [
    ...users('aws_lambda_function', 'role', 'lambda.amazonaws.com'),
    ...users('aws_sfn_state_machine', 'role_arn', 'states.amazonaws.com'),
    ...stack
      .resources('aws_cloudwatch_event_target')
      .filter(({ attributes }) => attributes.role_arn === roleArn)
      .map(({ attributes }) => ({ servicePrincipal: 'events.amazonaws.com', arn: ruleArn(attributes.rule, stack) })),
  ];
}

function ruleArn(name: string, stack: Stack): string {
  return stack.resources('aws_cloudwatch_event_rule').find(({ attributes }) => attributes.name === name)?.attributes
    .arn;
}
