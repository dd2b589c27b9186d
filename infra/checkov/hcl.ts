/**
 * The synthesized JSON as HCL: checkov's reader of Terraform's JSON fails on CDKTF's file. Both are one language in two
 * notations (https://developer.hashicorp.com/terraform/language/syntax/json); what JSON leaves open is which objects are
 * blocks, and in this stack all are but the few maps below.
 */
type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type Body = { readonly [key: string]: Json };

export interface StackJson {
  readonly terraform?: Body;
  readonly provider?: Body;
  readonly data?: Body;
  readonly resource?: Body;
  readonly output?: Body;
}

/** Attributes whose value is a map, on any resource. */
const maps: ReadonlySet<string> = new Set(['dimensions', 'tags', 'variables']);
/** Attributes whose members are references, not strings. */
const references: ReadonlySet<string> = new Set(['depends_on', 'ignore_changes']);

/** @throws Error naming what has no form here */
export function hclOf(stack: StackJson): string {
  const labelled = (keyword: string, types: Body = {}): string[] =>
    Object.entries(types).flatMap(([type, byName]) =>
      Object.entries(byName as Body).map(([name, body]) => block(`${keyword} "${type}" "${name}"`, body as Body)),
    );
  return [
    ...(stack.terraform ? [terraformBlock(stack.terraform)] : []),
    ...Object.entries(stack.provider ?? {}).flatMap(([name, bodies]) =>
      [bodies].flat().map((body) => block(`provider "${name}"`, body as Body)),
    ),
    ...labelled('data', stack.data),
    ...labelled('resource', stack.resource),
    ...Object.entries(stack.output ?? {}).map(([name, body]) => block(`output "${name}"`, body as Body)),
  ].join('\n');
}

function terraformBlock({ required_version, required_providers, backend }: Body): string {
  const providers = Object.entries(required_providers as Body).map(
    ([name, value]) => `    ${name} = ${expression(value)}`,
  );
  const backends = Object.entries(backend as Body).map(([type, body]) =>
    indented(block(`backend "${type}"`, body as Body)),
  );
  return `terraform {\n  required_version = ${expression(required_version ?? '')}\n  required_providers {\n${providers.join('\n')}\n  }\n${backends.join('')}}\n`;
}

function block(head: string, body: Body): string {
  const lines = Object.entries(body)
    .filter(([name]) => name !== '//')
    .map(([name, value]) => member(name, value));
  return `${head} {\n${lines.map(indented).join('')}}\n`;
}

function member(name: string, value: Json): string {
  if (references.has(name)) return `${name} = [${(value as readonly string[]).join(', ')}]\n`;
  if (isBody(value) && !maps.has(name)) return block(name, value);
  if (Array.isArray(value) && value.length > 0 && value.every(isBody)) {
    return value.map((each) => block(name, each as Body)).join('');
  }
  return `${name} = ${expression(value)}\n`;
}

function expression(value: Json): string {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return `[${value.map(expression).join(', ')}]`;
  if (isBody(value)) {
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${text(key)} = ${expression(inner)}`)
      .join(', ')} }`;
  }
  return String(value);
}

/** A template in both notations; only what is in its interpolations is written differently where it holds a string. */
function text(value: string): string {
  for (const [interpolation] of value.matchAll(/\$\{[^}]*\}/g)) {
    if (/["\\]/.test(interpolation)) throw new Error(`A string within ${interpolation} has no form in HCL here`);
  }
  return JSON.stringify(value);
}

function isBody(value: Json): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function indented(lines: string): string {
  return lines.replaceAll(/^(?=.)/gm, '  ');
}
