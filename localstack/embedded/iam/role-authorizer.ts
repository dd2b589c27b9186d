import type { Observe } from '../observer.ts';
import { AwsError, type Caller, type Context } from '../types.ts';
import { type Facts, factsOf, withFacts } from './condition.ts';
import { decide, denialOf, type Policy, type Statement, statementsFor, verdictOf } from './policy.ts';
import { statementsForRole } from './resource-policies.ts';
import type { Role } from './roles.ts';

export interface UsedPermission {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
}

export interface AllowedRequest extends UsedPermission {
  readonly context: Context | undefined;
}

export interface RoleAuthorizer {
  /** @param policy the resource's, where a call has given it one in place of the stack's; empty where it has none at all */
  authorize(caller: Caller, action: string, resourceArn: string, context?: Context, policy?: string): void;
  assertTrust(roleArn: string, servicePrincipal: string, sourceArn?: string): void;
  used(): UsedPermission[];
  /** Tells of every request of a role that is allowed, until what it returns is called. */
  observe(listener: (request: AllowedRequest) => void): () => void;
  /** Policies have changed: forget what was decided. */
  forget(): void;
}

type Verdict = 'allowed' | 'denied' | 'silent' | 'untrusted';

/** What a verdict rests on besides the facts of the single request. */
interface Grounds {
  readonly role: Role | undefined;
  readonly trusted: boolean;
  readonly statements: readonly Statement[];
  /** Facts of every request of the role. */
  readonly facts: Facts;
  /** Whether a statement asks for facts. */
  readonly conditional: boolean;
  /** Whether the use is noted. */
  used: boolean;
}

// Execution ARNs are resources, too, so under load there is no end of them.
const GROUNDS_KEPT = 20_000;

export function createRoleAuthorizer(
  roles: ReadonlyMap<string, Role>,
  resourcePolicies: ReadonlyMap<string, readonly Policy[]>,
  accountId: string,
  observe: Observe,
): RoleAuthorizer {
  /** By role, action and resource, and the resource's policy where a call has given it one. */
  const grounds = new Map<string, Grounds>();
  const used = new Map<string, UsedPermission>();
  const listeners = new Set<(request: AllowedRequest) => void>();

  function authorize(caller: Caller, action: string, resource: string, context?: Context, policy?: string): void {
    const { roleArn } = caller;
    if (roleArn === undefined) return;
    const key = `${roleArn} ${action} ${resource}`;
    const cached = policy === undefined ? key : `${key} ${policy}`;
    const known = grounds.get(cached) ?? remember(cached, groundsOf(roleArn, action, resource, policy));
    const verdict = judge(known, action, resource, context);
    if (verdict !== 'allowed') {
      const missing =
        verdict === 'silent'
          ? { Effect: 'Allow' as const, Action: action, Resource: lastingResource(resource) }
          : undefined;
      const denial = denialOf(known.statements, withFacts(known.facts, context));
      const deniedBy = verdict === 'denied' ? denial : undefined;
      observe({ type: 'callDenied', by: roleArn, action, resource, missing, deniedBy: deniedBy?.place });
      throw refusal(known.role, roleArn, verdict, action, resource, deniedBy);
    }
    for (const listener of listeners) listener({ role: roleArn, action, resource, context });
    if (known.used || used.size >= GROUNDS_KEPT) return;
    known.used = true;
    used.set(key, { role: roleArn, action, resource });
  }

  function groundsOf(roleArn: string, action: string, resource: string, policy: string | undefined): Grounds {
    const role = roles.get(roleArn);
    const none = { statements: [], facts: factsOf({}), conditional: false, used: false };
    if (role === undefined) return { ...none, role, trusted: true };
    // Within an account an allow of either is enough, and a deny of either wins.
    const statements = [
      ...statementsFor(role.policies, { action, resource }),
      ...statementsForRole(resourcePolicies, accountId, [roleArn, sessionArn(role, roleArn)], {
        action,
        resource,
        policy,
      }),
    ];
    return {
      role,
      // Without its trust AWS would have given the function no credentials for the role at all.
      trusted: role.users.every(({ servicePrincipal, arn }) => trusts(role, servicePrincipal, arn)),
      statements,
      conditional: statements.some(({ condition }) => condition !== undefined),
      facts: factsOf({
        'aws:PrincipalArn': role.arn,
        'aws:PrincipalAccount': accountId,
        'aws:ResourceAccount': accountId,
        'aws:SecureTransport': 'true',
      }),
      used: false,
    };
  }

  function judge(
    { trusted, statements, facts, conditional }: Grounds,
    action: string,
    resource: string,
    context?: Context,
  ): Verdict {
    if (!trusted) return 'untrusted';
    return verdictOf(statements, { action, resource }, conditional ? withFacts(facts, context) : facts);
  }

  function trusts(role: Role, principal: string, sourceArn: string | undefined): boolean {
    const facts = factsOf({ 'aws:SourceAccount': accountId, ...(sourceArn ? { 'aws:SourceArn': sourceArn } : {}) });
    return (
      decide([role.trust], { action: 'sts:AssumeRole', resource: role.arn, principals: [principal] }, facts) ===
      'allowed'
    );
  }

  function remember(key: string, found: Grounds): Grounds {
    if (grounds.size >= GROUNDS_KEPT) grounds.clear();
    grounds.set(key, found);
    return found;
  }

  return {
    authorize,
    assertTrust(roleArn, servicePrincipal, sourceArn) {
      const role = roles.get(roleArn);
      if (role && trusts(role, servicePrincipal, sourceArn)) return;
      const problem = role
        ? `Its trust policy does not allow it (${role.trust.address})`
        : 'The stack has no such role';
      throw new AwsError(
        'AccessDeniedException',
        `The role ${roleArn} cannot be assumed by ${servicePrincipal}. ${problem}.`,
      );
    },
    used: () => [...used.values()],
    observe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    forget: () => grounds.clear(),
  };
}

/** Log streams and executions come and go: a statement that is to last covers all of their group and machine. */
const lastingResource = (arn: string): string =>
  arn.replace(/(:log-group:[^:]+):log-stream:.*|(:execution:[^:]+):.*/, '$1$2:*');

function sessionArn(role: Role | undefined, roleArn: string): string {
  const [, , , , account = '', path = ''] = roleArn.split(':');
  return `arn:aws:sts::${account}:assumed-role/${path.split('/').at(-1)}/${role?.session ?? 'embedded'}`;
}

/** Wording of AWS, so that what a developer finds on the web fits. */
function refusal(
  role: Role | undefined,
  roleArn: string,
  verdict: Verdict,
  action: string,
  resource: string,
  denial: Statement | undefined,
): AwsError {
  const kind = denial?.kind === 'resource' ? 'a resource-based' : 'an identity-based';
  const reasons: Readonly<Record<Exclude<Verdict, 'allowed'>, string>> = {
    silent: `because no identity-based policy allows the ${action} action`,
    denied: `with an explicit deny in ${kind} policy: ${denial?.place}`,
    untrusted: `because ${role?.users.map(({ servicePrincipal }) => servicePrincipal).join(', ')} cannot assume the role`,
  };
  const reason = verdict === 'allowed' ? '' : reasons[verdict];
  const message = `User: ${sessionArn(role, roleArn)} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
  return new AwsError('AccessDeniedException', message);
}
