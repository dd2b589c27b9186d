import { canonical, isList, isObject, type Json, type JsonObject, parsedObject } from '../json.ts';
import { readable } from '../words.ts';

/** One permission: a statement has as many as it has pairs of actions and resources (and principals). */
export interface Permission {
  readonly effect: 'Allow' | 'Deny';
  /** `s3:Get*`; after `not ` where the statement has NotAction. */
  readonly action: string;
  /** After `not ` where the statement has NotResource. */
  readonly resource: string;
  /** `*`, `AWS:arn:…`, `Service:sqs.amazonaws.com`; undefined in policies of a role. */
  readonly principal: string | undefined;
  /** Canonical JSON text; undefined where there is none. */
  readonly condition: string | undefined;
}

/** Undefined where the text is no policy that can be read. */
export function permissionsOf(text: string): Permission[] | undefined {
  const policy = parsedObject(text);
  const statements = listOf(policy?.Statement);
  if (policy === undefined || !statements.every(isObject)) return undefined;
  return statements.flatMap(permissionsOfStatement);
}

function permissionsOfStatement(statement: JsonObject): Permission[] {
  const effect = statement.Effect === 'Deny' ? 'Deny' : 'Allow';
  const condition = statement.Condition === undefined ? undefined : canonical(statement.Condition);
  const actions = words(statement, 'Action', 'NotAction');
  const resources = words(statement, 'Resource', 'NotResource');
  const principals = principalsOf(statement);
  return actions.flatMap((action) =>
    (resources.length > 0 ? resources : ['']).flatMap((resource) =>
      (principals.length > 0 ? principals : [undefined]).map((principal) => ({
        effect,
        action: action.toLowerCase(),
        resource,
        principal,
        condition,
      })),
    ),
  );
}

const words = (statement: JsonObject, name: string, negated: string): string[] => [
  ...listOf(statement[name]).map(String),
  ...listOf(statement[negated]).map((word) => `not ${word}`),
];

function principalsOf({ Principal, NotPrincipal }: JsonObject): string[] {
  if (NotPrincipal !== undefined) return [`not ${canonical(NotPrincipal)}`];
  if (!isObject(Principal)) return listOf(Principal).map(String);
  return Object.entries(Principal).flatMap(([kind, names]) =>
    // The account itself, however it is written, lets in whom its own policies let.
    listOf(names).map((name) => (kind === 'AWS' && name === '*' ? '*' : `${kind}:${name}`)),
  );
}

const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined || value === null ? [] : isList(value) ? value : [value];

/** For people. */
export function permissionText({ effect, action, resource, principal, condition }: Permission): string {
  const to = principal === undefined ? '' : ` to ${principal}`;
  const on = resource === '' ? '' : ` on ${resource}`;
  return readable(`${effect} ${action}${on}${to}${condition === undefined ? '' : ` if ${condition}`}`);
}
