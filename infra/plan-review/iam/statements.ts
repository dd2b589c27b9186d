import { canonical, isList, isObject, type Json, type JsonObject, parsedObject } from '../json.ts';
import { readable } from '../words.ts';
import { type ConditionTest, testsOf, testText } from './conditions.ts';
import { type Scope, scopeText } from './patterns.ts';

/** One permission: a statement has as many as it has pairs of actions and resources (and principals). */
export interface Permission {
  readonly effect: 'Allow' | 'Deny';
  /** As it is written; IAM does not look at its case. */
  readonly action: Scope;
  /** The empty pattern where the statement has none, as in trust policies. */
  readonly resource: Scope;
  /** `*`, `AWS:arn:…`, `Service:sqs.amazonaws.com`; undefined in policies of a role. */
  readonly principal: string | undefined;
  /** All of them have to hold. */
  readonly conditions: readonly ConditionTest[];
}

/** Undefined where the text is no policy that can be read. */
export function permissionsOf(text: string): Permission[] | undefined {
  const policy = parsedObject(text);
  if (policy === undefined) return undefined;
  const permissions: Permission[] = [];
  for (const statement of listOf(policy.Statement)) {
    const ofStatement = isObject(statement) ? permissionsOfStatement(statement) : undefined;
    if (ofStatement === undefined) return undefined;
    permissions.push(...ofStatement);
  }
  return permissions;
}

function permissionsOfStatement(statement: JsonObject): Permission[] | undefined {
  const effect = statement.Effect === 'Deny' ? 'Deny' : 'Allow';
  const conditions = testsOf(statement.Condition);
  if (conditions === undefined) return undefined;
  const actions = scopesOf(statement, 'Action', 'NotAction');
  const resources = scopesOf(statement, 'Resource', 'NotResource');
  const principals = principalsOf(statement);
  return actions.flatMap((action) =>
    (resources.length > 0 ? resources : [nothing]).flatMap((resource) =>
      (principals.length > 0 ? principals : [undefined]).map((principal) => ({
        effect,
        action,
        resource,
        principal,
        conditions,
      })),
    ),
  );
}

const nothing: Scope = { kind: 'one', pattern: '' };

function scopesOf(statement: JsonObject, name: string, negated: string): Scope[] {
  const wordsOf = (value: Json | undefined): string[] => listOf(value).map(String);
  const excluded = wordsOf(statement[negated]);
  return [
    ...wordsOf(statement[name]).map((pattern): Scope => ({ kind: 'one', pattern })),
    // One scope: what several exclude together is not what each of them excludes.
    ...(excluded.length > 0 ? [{ kind: 'allBut', patterns: excluded.sort() } as const] : []),
  ];
}

function principalsOf({ Principal, NotPrincipal }: JsonObject): string[] {
  if (NotPrincipal !== undefined) return [`all but ${canonical(NotPrincipal)}`];
  if (!isObject(Principal)) return listOf(Principal).map(String);
  return Object.entries(Principal).flatMap(([kind, names]) =>
    listOf(names).map((name) => principalOf(kind, `${name}`)),
  );
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html: an account has two spellings. */
function principalOf(kind: string, name: string): string {
  if (kind !== 'AWS') return `${kind}:${name}`;
  if (name === '*') return name;
  return `AWS:${/^\d{12}$/.test(name) ? `arn:aws:iam::${name}:root` : name}`;
}

const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined || value === null ? [] : isList(value) ? value : [value];

/** For people. */
export function permissionText({ effect, action, resource, principal, conditions }: Permission): string {
  const to = principal === undefined ? '' : ` to ${principal}`;
  const where = scopeText(resource);
  const on = where === '' ? '' : ` on ${where}`;
  const condition = conditions.length === 0 ? '' : ` if ${conditions.map(testText).join(' and ')}`;
  return readable(`${effect} ${scopeText(action)}${on}${to}${condition}`);
}
