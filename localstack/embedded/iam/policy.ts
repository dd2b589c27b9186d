import { StackError } from '../stack/stack-error.ts';
import { isObject } from '../values.ts';
import { type Condition, compileCondition, type Facts } from './condition.ts';
import { anyOf, arnGlob, glob, type Matcher, refuseVariable } from './pattern.ts';
import { type PolicyKind, suppliedKeys } from './supplied-keys.ts';

/** One action pattern of a statement; tests switch it off and on. */
export interface Action {
  readonly pattern: string;
  enabled: boolean;
  /** Has an allowed request needed it? */
  used: boolean;
  readonly matches: Matcher;
}

export interface Statement {
  /** For instance `aws_iam_role_policy.PlaceOrder.Statement[0]`. */
  readonly place: string;
  readonly kind: PolicyKind;
  readonly effect: 'Allow' | 'Deny';
  /** Empty where the statement has `NotAction`. */
  readonly actions: readonly Action[];
  /** Is it about such a request? */
  names(request: PolicyRequest): boolean;
  /** Undefined where it asks for nothing further. */
  readonly condition: Condition | undefined;
}

export interface Policy {
  /** Address of the resource that holds it, for instance `aws_iam_role_policy.PlaceOrder`. */
  readonly address: string;
  readonly statements: readonly Statement[];
}

export interface PolicyRequest {
  readonly action: string;
  readonly resource: string;
  /** All names of the caller, service principal or ARNs; only policies with `Principal` look at them. */
  readonly principals?: readonly string[];
}

type Document = Readonly<Record<string, unknown>>;

const VERSIONS: readonly unknown[] = ['2012-10-17', '2008-10-17'];

const KEYS = new Set([
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
]);

/**
 * Compiles a policy's JSON text (or its parsed form). Throws StackError naming the policy on what AWS would refuse, too, and on
 * what cannot be judged here.
 */
export function parsePolicy(address: string, source: unknown, kind: PolicyKind): Policy {
  if (source === undefined) throw new StackError('the policy is missing', { place: address });
  const document = typeof source === 'string' ? parseJson(source, address) : (source as Document);
  if (!isObject(document)) throw new StackError('the policy must be an object', { place: address });
  const { Version: version } = document;
  if (version !== undefined && !VERSIONS.includes(version)) {
    const place = `${address}.Version`;
    throw new StackError(`${JSON.stringify(version)} is none of ${VERSIONS.join(', ')}`, { place });
  }
  const statements = [document.Statement ?? []].flat() as Document[];
  if (statements.length === 0) throw new StackError('the policy has no Statement', { place: address });
  return {
    address,
    statements: statements.map((each, index) => compile(each, `${address}.Statement[${index}]`, kind)),
  };
}

/** The statements that such a request depends on, whatever its facts; the same until an action is switched off or on. */
export function statementsFor(policies: readonly Policy[], request: PolicyRequest): readonly Statement[] {
  return policies.flatMap(({ statements }) => statements.filter((each) => each.names(request)));
}

/** The verdict of these statements together: an explicit deny wins, silence is no permission. */
export function verdictOf(
  statements: readonly Statement[],
  request: PolicyRequest,
  facts: Facts,
): 'allowed' | 'denied' | 'silent' {
  const applying = statements.filter(({ condition }) => condition === undefined || condition(facts));
  if (applying.some(({ effect }) => effect === 'Deny')) return 'denied';
  if (applying.length === 0) return 'silent';
  for (const { actions } of applying) {
    for (const action of actions)
      if (!action.used && action.enabled && action.matches(request.action)) action.used = true;
  }
  return 'allowed';
}

/** The statement that denies it explicitly. */
export const denialOf = (statements: readonly Statement[], facts: Facts): Statement | undefined =>
  statements.find(({ effect, condition }) => effect === 'Deny' && (condition === undefined || condition(facts)));

export function decide(policies: readonly Policy[], request: PolicyRequest, facts: Facts) {
  return verdictOf(statementsFor(policies, request), request, facts);
}

function compile(statement: Document, place: string, kind: PolicyKind): Statement {
  if (!isObject(statement)) throw new StackError('must be an object', { place });
  const unknown = Object.keys(statement).find((key) => !KEYS.has(key));
  if (unknown) throw new StackError(`"${unknown}" is no element of a policy statement`, { place });
  const { Effect: effect } = statement;
  if (effect !== 'Allow' && effect !== 'Deny') throw new StackError('Effect must be Allow or Deny', { place });
  if ((statement.Action === undefined) === (statement.NotAction === undefined)) {
    throw new StackError('needs either Action or NotAction', { place });
  }
  const actions = texts(statement.Action, place).map((pattern) => actionOf(pattern, place));
  const except = anyOf(texts(statement.NotAction, place).map((pattern) => actionOf(pattern, place).matches));
  const matchesAction: Matcher =
    statement.NotAction === undefined
      ? (action) => actions.some(({ enabled, matches }) => enabled && matches(action))
      : (action) => !except(action);
  const matchesResource = resources(statement, place);
  const matchesPrincipal = principals(statement, place, kind);
  const supplied = suppliedKeys(
    kind,
    actions.map(({ matches }) => matches),
  );
  return {
    place,
    kind,
    effect,
    actions,
    names: ({ action, resource, principals = [] }) =>
      matchesAction(action) && matchesResource(resource) && matchesPrincipal(principals),
    condition: statement.Condition === undefined ? undefined : compileCondition(statement.Condition, place, supplied),
  };
}

function actionOf(pattern: string, place: string): Action {
  if (pattern !== '*' && !/^[a-z0-9-]+:[a-z0-9*?]+$/i.test(pattern)) {
    throw new StackError(`"${pattern}" is no action (service:Operation)`, { place });
  }
  return { pattern, enabled: true, used: false, matches: glob(pattern, { ignoreCase: true }) };
}

/** Trust policies have no resource: they speak of the role that holds them. */
function resources(statement: Document, place: string): Matcher {
  if (statement.Resource !== undefined) return anyOf(texts(statement.Resource, place).map(arnGlob));
  if (statement.NotResource === undefined) {
    if (statement.Principal === undefined) throw new StackError('needs Resource or NotResource', { place });
    return () => true;
  }
  const except = anyOf(texts(statement.NotResource, place).map(arnGlob));
  return (resource) => !except(resource);
}

function principals(statement: Document, place: string, kind: PolicyKind): (callers: readonly string[]) => boolean {
  const names = statement.Principal !== undefined || statement.NotPrincipal !== undefined;
  if (names && kind === 'identity') {
    throw new StackError("a role's own policy has no Principal: it is about the role", { place });
  }
  if (!names && kind !== 'identity') throw new StackError('needs a Principal', { place });
  if (statement.NotPrincipal !== undefined) throw new StackError('NotPrincipal is not evaluated here', { place });
  const principal = statement.Principal;
  if (principal === undefined || principal === '*') return () => true;
  if (typeof principal !== 'object' || principal === null)
    throw new StackError('Principal must be "*" or an object', { place });
  const named = Object.values(principal).flatMap((value) => texts(value, place));
  return (callers) => named.includes('*') || named.some((each) => callers.includes(each));
}

function texts(value: unknown, place: string): string[] {
  return [value ?? []].flat().map((each) => {
    if (typeof each !== 'string') throw new StackError(`${JSON.stringify(each)} must be a string`, { place });
    refuseVariable(each, place);
    return each;
  });
}

function parseJson(source: string, address: string): Document {
  try {
    return JSON.parse(source) as Document;
  } catch (cause) {
    throw new StackError(`the policy is not valid JSON: ${(cause as Error).message}`, { place: address, cause });
  }
}
