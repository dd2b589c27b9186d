import { dirname, resolve } from 'node:path';
import type { Environment, Stack, StackResource } from '../types.ts';
import { checkValues } from './attribute-values.ts';
import { refuseUnknownAttributes } from './attributes.ts';
import { createResolver, META_ARGUMENTS, type Resolver } from './resolver.ts';
import { resourceTypes } from './resource-types.ts';
import { StackError } from './stack-error.ts';
import { type Attributes, readStackFile, type StackFile } from './stack-file.ts';
import { refuseTwins } from './twins.ts';

export interface LoadOptions {
  /** Values of Terraform variables, before their defaults. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** What writes the file; an error advises it. */
  readonly synthesizeCommand?: string | undefined;
}

const ACCOUNT_ID = '000000000000';
const DEFAULT_REGION = 'us-east-1';

/**
 * Reads a synthesized `cdk.tf.json` and resolves every reference in it. Throws StackError, with the place and what to do, on a
 * missing or malformed file, an unknown reference, a cycle, and a resource type, data source or function that is not supported.
 */
export function loadStack(file: string, options: LoadOptions = {}): Stack {
  const { synthesizeCommand } = options;
  const content = readStackFile(file, synthesizeCommand && `Run \`${synthesizeCommand}\` to write it.`);
  const folder = dirname(resolve(file));
  let region = DEFAULT_REGION;
  const resolver = createResolver({
    file: content,
    folder,
    variables: options.variables ?? {},
    environment: (): Environment => ({ region, accountId: ACCOUNT_ID }),
  });
  region = regionOf(content, resolver);
  const resources = allResources(content, resolver);
  refuseTwins(resources);
  const outputs = Object.entries(content.output).map(([name, { value }]) => [
    name,
    resolver.value(value, `output.${name}`),
  ]);
  return {
    region,
    accountId: ACCOUNT_ID,
    folder,
    outputs: Object.fromEntries(outputs),
    types: [...resources.keys()],
    resources: (type) => resources.get(type) ?? [],
  };
}

/** All of a stack is in one region here; a second (aliased) provider has no meaning in it. */
function regionOf(content: StackFile, resolver: Resolver): string {
  const providers = [content.provider.aws ?? []].flat() as Attributes[];
  const aliased = providers.find(({ alias }) => alias !== undefined);
  if (aliased)
    throw new StackError(`provider alias "${aliased.alias}" is not supported: the local cloud has one region`);
  const region = resolver.value(providers[0]?.region ?? DEFAULT_REGION, 'provider.aws.region');
  if (typeof region !== 'string') throw new StackError('must be a string', { place: 'provider.aws.region' });
  return region;
}

const ownPolicy = 'write an aws_iam_role_policy or an aws_iam_role_policy_attachment instead; ';
/** What to write instead of types that many stacks have. */
const advice: Readonly<Record<string, string>> = {
  aws_api_gateway_rest_api: 'write an aws_apigatewayv2_api instead; ',
  aws_apigatewayv2_deployment: 'write auto_deploy = true in the stage instead; ',
  aws_cloudwatch_event_bus: 'rules are on the default bus; ',
  aws_iam_policy_attachment: ownPolicy,
  aws_lambda_alias: 'name the function or one of its versions instead; ',
  aws_lambda_layer_version: 'put what the functions import into their zips instead; ',
};

function allResources(content: StackFile, resolver: Resolver): Map<string, readonly StackResource[]> {
  const result = new Map<string, readonly StackResource[]>();
  for (const [type, byName] of Object.entries(content.resource)) {
    const computed = resourceTypes[type];
    if (!computed) {
      const supported = Object.keys(resourceTypes).sort().join(', ');
      const names = Object.keys(byName).map((name) => `${type}.${name}`);
      throw new StackError(
        `${names.join(', ')}: resource type ${type} is not supported by the local cloud; ${advice[type] ?? ''}supported are ${supported}`,
      );
    }
    result.set(
      type,
      Object.entries(byName).map(([name, raw]) => resolveResource(type, name, raw, Object.keys(computed), resolver)),
    );
  }
  // What nothing refers to is resolved as well: a mistake there shows in Terraform too.
  for (const name of Object.keys(content.locals)) resolver.local(name);
  for (const [type, byName] of Object.entries(content.data))
    for (const name of Object.keys(byName)) resolver.data(type, name);
  return result;
}

function resolveResource(
  type: string,
  name: string,
  raw: Attributes,
  computed: readonly string[],
  resolver: Resolver,
): StackResource {
  const repeated = ['count', 'for_each', 'dynamic'].find((each) => raw[each] !== undefined);
  if (repeated) {
    const advice = 'write one resource for each instead (in CDKTF: a loop, not an iterator)';
    throw new StackError(`\`${repeated}\` is not supported; ${advice}`, { place: `${type}.${name}` });
  }
  resolver.dependsOn(type, name);
  const written = Object.keys(raw).filter((attribute) => !META_ARGUMENTS.has(attribute) && raw[attribute] !== null);
  const attributes: Record<string, unknown> = {};
  for (const attribute of new Set([...written, ...computed])) {
    const value = resolver.attribute(type, name, attribute);
    if (value !== undefined) attributes[attribute] = value;
  }
  const resource = { type, name, attributes };
  refuseUnknownAttributes(resource, written);
  checkValues(resource);
  return resource;
}
