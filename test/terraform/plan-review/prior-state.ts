import type { Json } from '#test/infra/support/synthesized.ts';

/**
 * The state of a stack that was applied, without AWS: what Terraform plans to create, with what AWS would have answered
 * (ids, ARNs) made up. Terraform reads it as any other state.
 */
export function stateAfter(plan: Json, config: Json): Json {
  const state = new Map<string, Json>();
  const changes: Json[] = plan.resource_changes;
  const versions = new Map<string, number>(
    plan.configuration.root_module.resources.map(({ address, schema_version }: Json) => [address, schema_version]),
  );
  for (const { address, type, name, change } of changes) {
    const answers: Json = {
      id: `${name}-id`,
      arn: arnOf(type, change.after, name),
      ...madeUp(type, change.after, name),
    };
    // Only what this type has: Terraform refuses a state with other attributes.
    const made = Object.entries(answers).filter(([attribute]) => change.after_unknown[attribute] === true);
    state.set(address, { ...Object.fromEntries(made), ...change.after });
  }
  for (const { address, type, name, change } of changes) {
    const values = state.get(address);
    state.set(
      address,
      filled(values, change.after_unknown, config.resource[type][name], (text) => resolved(text, state)),
    );
  }
  return {
    version: 4,
    terraform_version: plan.terraform_version,
    serial: 1,
    lineage: '00000000-0000-0000-0000-000000000000',
    outputs: {},
    resources: changes.map(({ address, type, name }) => ({
      mode: 'managed',
      type,
      name,
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [
        { schema_version: versions.get(address) ?? 0, attributes: state.get(address), sensitive_attributes: [] },
      ],
    })),
  };
}

/** Puts the configured texts in place of what is not known before an apply; what nothing configures stays away. */
function filled(value: Json, unknown: Json, configured: Json, resolve: (text: string) => string): Json {
  if (unknown === true) return configured === undefined ? (value ?? null) : deeply(configured, resolve);
  if (Array.isArray(unknown)) {
    const list = Array.isArray(configured) ? configured : [configured];
    return unknown.map((inner, index) => filled(value?.[index], inner, list[index], resolve));
  }
  if (typeof unknown !== 'object' || unknown === null) return value;
  const names = Object.keys(unknown);
  return {
    ...value,
    ...Object.fromEntries(
      names.map((name) => [name, filled(value?.[name], unknown[name], configured?.[name], resolve)]),
    ),
  };
}

function deeply(configured: Json, resolve: (text: string) => string): Json {
  if (typeof configured === 'string') return resolve(configured);
  if (Array.isArray(configured)) return configured.map((inner) => deeply(inner, resolve));
  if (typeof configured !== 'object' || configured === null) return configured;
  return Object.fromEntries(Object.entries(configured).map(([name, inner]) => [name, deeply(inner, resolve)]));
}

function resolved(text: string, state: ReadonlyMap<string, Json>): string {
  return text.replaceAll(/\$\{([a-z0-9_]+\.[A-Za-z0-9_]+)\.([a-z_]+)\}/g, (_, address: string, attribute: string) =>
    String(state.get(address)?.[attribute]),
  );
}

const account = '123456789012';

function arnOf(type: string, { name, function_name, alarm_name }: Json, fallback: string): string {
  const service = type.split('_')[1];
  return `arn:aws:${service}:eu-west-1:${account}:${type.split('_').slice(2).join('-')}:${name ?? function_name ?? alarm_name ?? fallback}`;
}

/** Attributes that other resources name. */
function madeUp(type: string, { function_name, name: given }: Json, name: string): Json {
  const arn = arnOf(type, { function_name, name: given }, name);
  switch (type) {
    case 'aws_lambda_function':
      return { qualified_arn: `${arn}:1`, version: '1', invoke_arn: `${arn}/invocations` };
    case 'aws_sqs_queue':
      return { url: `https://sqs.eu-west-1.amazonaws.com/${account}/${given}` };
    case 'aws_apigatewayv2_api':
      return { execution_arn: `arn:aws:execute-api:eu-west-1:${account}:${name}` };
    case 'aws_cognito_user_pool':
      return { id: 'eu-west-1_Customers', endpoint: `cognito-idp.eu-west-1.amazonaws.com/${name}` };
    default:
      return {};
  }
}
