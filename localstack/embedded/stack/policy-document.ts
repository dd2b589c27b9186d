import { StackError } from './stack-error.ts';

type Attributes = Readonly<Record<string, unknown>>;

const SUPPORTED = new Set(['version', 'policy_id', 'statement']);
const SUPPORTED_IN_STATEMENT = new Set([
  'sid',
  'effect',
  'actions',
  'not_actions',
  'resources',
  'not_resources',
  'principals',
  'not_principals',
  'condition',
]);

/** The JSON text of an `aws_iam_policy_document` data source, as the provider renders it. */
export function policyDocument(attributes: Attributes): string {
  refuseOthers(attributes, SUPPORTED, '');
  const document = {
    Version: attributes.version ?? '2012-10-17',
    ...(attributes.policy_id === undefined ? {} : { Id: attributes.policy_id }),
    Statement: blocks(attributes.statement).map(statement),
  };
  return JSON.stringify(document, null, 2);
}

function statement(attributes: Attributes): Attributes {
  refuseOthers(attributes, SUPPORTED_IN_STATEMENT, 'statement.');
  const entries = {
    Sid: attributes.sid,
    Effect: attributes.effect ?? 'Allow',
    Action: oneOrMore(attributes.actions),
    NotAction: oneOrMore(attributes.not_actions),
    Resource: oneOrMore(attributes.resources),
    NotResource: oneOrMore(attributes.not_resources),
    Principal: principals(attributes.principals),
    NotPrincipal: principals(attributes.not_principals),
    Condition: conditions(attributes.condition),
  };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}

function principals(value: unknown): unknown {
  const list = blocks(value);
  if (list.length === 0) return undefined;
  if (list.some(({ type, identifiers }) => type === '*' && String(identifiers) === '*')) return '*';
  return Object.fromEntries(list.map(({ type, identifiers }) => [type, oneOrMore(identifiers)]));
}

function conditions(value: unknown): unknown {
  const list = blocks(value);
  if (list.length === 0) return undefined;
  const result: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values } of list) {
    result[String(test)] = { ...result[String(test)], [String(variable)]: oneOrMore(values) };
  }
  return result;
}

/** `&{…}` is Terraform's spelling of an IAM policy variable `${…}` in this data source. */
function oneOrMore(value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  const list = (Array.isArray(value) ? value : [value]).map((each) => String(each).replaceAll('&{', '${'));
  return list.length === 1 ? list[0] : list;
}

function blocks(value: unknown): readonly Attributes[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]) as readonly Attributes[];
}

function refuseOthers(attributes: Attributes, supported: ReadonlySet<string>, where: string): void {
  const other = Object.keys(attributes).find((name) => !supported.has(name));
  if (other) throw new StackError(`${where}${other} of aws_iam_policy_document is not supported by the local cloud`);
}
