import type { Policy } from './policy.ts';

/** One action pattern of one statement of one policy, as tests name it. */
export interface Permission {
  /** Address of the resource that holds the policy; a role's trust policy is `aws_iam_role.NAME.assume_role_policy`. */
  readonly policy: string;
  /** Index of the statement in the policy. */
  readonly statement: number;
  /** As written, wildcards included. */
  readonly action: string;
  readonly effect: 'Allow' | 'Deny';
}

export interface Permissions {
  /** Every action of every policy. Statements with `NotAction` have none to take out. */
  policies(): Permission[];
  /** Those that no allowed request has needed since start. */
  unused(): Permission[];
  /** Takes one action out; what it returns puts it back. Throws where there is no such action. */
  without(permission: Omit<Permission, 'effect'>): () => void;
}

export function createPermissions(policies: readonly Policy[], changed: () => void): Permissions {
  const all = policies.flatMap(({ address, statements }) =>
    statements.flatMap(({ effect, actions }, statement) =>
      actions.map((action) => ({ action, permission: { policy: address, statement, action: action.pattern, effect } })),
    ),
  );
  return {
    policies: () => all.map(({ permission }) => permission),
    unused: () => all.filter(({ action }) => !action.used).map(({ permission }) => permission),
    without({ policy, statement, action }) {
      const found = all.filter(
        ({ permission }) =>
          permission.policy === policy && permission.statement === statement && permission.action === action,
      );
      if (found.length === 0) throw new Error(`No action ${action} in statement ${statement} of ${policy}`);
      const enable = (enabled: boolean) => {
        for (const each of found) each.action.enabled = enabled;
        changed();
      };
      enable(false);
      return () => enable(true);
    },
  };
}
