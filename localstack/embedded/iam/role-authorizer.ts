import { AwsError, type Caller } from '../types.ts';
import { type Context, type Facts, factsOf } from './condition.ts';
import { decide } from './policy.ts';
import type { Role } from './roles.ts';

export interface UsedPermission {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
}

export interface RoleAuthorizer {
  authorize(caller: Caller, action: string, resourceArn: string, context?: Context): void;
  assertTrust(roleArn: string, servicePrincipal: string, sourceArn?: string): void;
  used(): UsedPermission[];
  /** Policies have changed: forget what was decided. */
  forget(): void;
}

type Verdict = 'allowed' | 'denied' | 'silent' | 'untrusted';

// Execution ARNs are resources, too, so under load there is no end of them.
const DECISIONS_KEPT = 20_000;

export function createRoleAuthorizer(roles: ReadonlyMap<string, Role>, accountId: string): RoleAuthorizer {
  /** By role, action and resource. Requests with a context of their own are decided anew each time. */
  const decisions = new Map<string, Verdict>();
  const used = new Map<string, UsedPermission>();

  function authorize(caller: Caller, action: string, resource: string, context?: Context): void {
    const { roleArn } = caller;
    if (roleArn === undefined) return;
    const key = `${roleArn} ${action} ${resource}`;
    let verdict = context ? undefined : decisions.get(key);
    if (verdict === undefined) {
      const role = roles.get(roleArn);
      verdict = judge(role, action, resource, context);
      if (!context) remember(key, verdict);
      if (verdict === 'allowed' && used.size < DECISIONS_KEPT) used.set(key, { role: roleArn, action, resource });
    }
    if (verdict !== 'allowed') throw refusal(roles.get(roleArn), roleArn, verdict, action, resource);
  }

  function judge(role: Role | undefined, action: string, resource: string, context: Context | undefined): Verdict {
    if (!role) return 'silent';
    // Without its trust AWS would have given the function no credentials for the role at all.
    if (!role.users.every(({ servicePrincipal, arn }) => trusts(role, servicePrincipal, arn))) return 'untrusted';
    return decide(role.policies, { action, resource, facts: factsFor(role, context) });
  }

  function factsFor(role: Role, context: Context = {}): Facts {
    return factsOf({
      'aws:PrincipalArn': role.arn,
      'aws:PrincipalAccount': accountId,
      'aws:ResourceAccount': accountId,
      'aws:SecureTransport': 'true',
      ...context,
    });
  }

  function trusts(role: Role, principal: string, sourceArn: string | undefined): boolean {
    const facts = factsOf({ 'aws:SourceAccount': accountId, ...(sourceArn ? { 'aws:SourceArn': sourceArn } : {}) });
    return decide([role.trust], { action: 'sts:AssumeRole', resource: role.arn, principal, facts }) === 'allowed';
  }

  function remember(key: string, verdict: Verdict): void {
    if (decisions.size >= DECISIONS_KEPT) decisions.clear();
    decisions.set(key, verdict);
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
    forget: () => decisions.clear(),
  };
}

/** Wording of AWS, so that what a developer finds on the web fits. */
function refusal(
  role: Role | undefined,
  roleArn: string,
  verdict: Verdict,
  action: string,
  resource: string,
): AwsError {
  const [, , , , account = '', path = ''] = roleArn.split(':');
  const user = `arn:aws:sts::${account}:assumed-role/${path.split('/').at(-1)}/${role?.session ?? 'embedded'}`;
  const reasons: Readonly<Record<Exclude<Verdict, 'allowed'>, string>> = {
    silent: `because no identity-based policy allows the ${action} action`,
    denied: 'with an explicit deny in an identity-based policy',
    untrusted: `because ${role?.users.map(({ servicePrincipal }) => servicePrincipal).join(', ')} cannot assume the role`,
  };
  const reason = verdict === 'allowed' ? '' : reasons[verdict];
  const message = `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
  return new AwsError('AccessDeniedException', message);
}
