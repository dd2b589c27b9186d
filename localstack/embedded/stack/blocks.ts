import { isObject } from '../values.ts';

/**
 * Blocks of which Terraform allows one at most, as paths below the resource. JSON may write such a block as an object or as a list
 * of one object (CDKTF does the former, `terraform show` the latter); the stack always has the object, or no attribute at all. Here are those
 * that a part of the cloud reads; others stay as they are written. Source: provider schemas of hashicorp/aws 5.100.
 */
const SINGLE: Readonly<Record<string, readonly string[]>> = {
  aws_apigatewayv2_api: ['cors_configuration'],
  aws_apigatewayv2_authorizer: ['jwt_configuration'],
  aws_apigatewayv2_stage: ['access_log_settings', 'default_route_settings'],
  aws_cloudwatch_event_target: ['dead_letter_config', 'input_transformer', 'retry_policy'],
  aws_dynamodb_table: ['point_in_time_recovery', 'ttl'],
  aws_lambda_event_source_mapping: ['filter_criteria', 'scaling_config'],
  aws_lambda_function: ['environment', 'logging_config'],
  aws_lambda_function_event_invoke_config: [
    'destination_config',
    'destination_config.on_failure',
    'destination_config.on_success',
  ],
  aws_sfn_state_machine: ['logging_configuration', 'tracing_configuration'],
};

/** Blocks that repeat; an object alone is a list of one. */
const REPEATED: Readonly<Record<string, readonly string[]>> = {
  aws_apigatewayv2_stage: ['route_settings'],
  aws_dynamodb_table: ['attribute', 'global_secondary_index', 'local_secondary_index'],
  aws_lambda_event_source_mapping: ['filter_criteria.filter'],
};

type Attributes = Record<string, unknown>;

/** A copy of one attribute's value (`name` at the top of a resource of this type) with its blocks in one form. */
export function normaliseBlocks(type: string, name: string, value: unknown): unknown {
  return normalise(value, name, new Set(SINGLE[type]), new Set(REPEATED[type]));
}

function normalise(value: unknown, path: string, single: ReadonlySet<string>, repeated: ReadonlySet<string>): unknown {
  const inside = (block: unknown) => (isObject(block) ? members(block, path, single, repeated) : block);
  if (single.has(path)) return inside(Array.isArray(value) && value.length <= 1 ? value[0] : value);
  if (repeated.has(path)) return (Array.isArray(value) ? value : [value]).map(inside);
  return value;
}

function members(
  block: Attributes,
  path: string,
  single: ReadonlySet<string>,
  repeated: ReadonlySet<string>,
): Attributes {
  return Object.fromEntries(
    Object.entries(block).map(([key, inner]) => [key, normalise(inner, `${path}.${key}`, single, repeated)]),
  );
}
