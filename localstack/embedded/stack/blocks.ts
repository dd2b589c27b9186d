import { isObject } from '../values.ts';

/**
 * Blocks of which Terraform allows one at most, as paths below the resource. JSON may write such a block as an object or as a list
 * of one object (CDKTF does the former, `terraform show` the latter); the stack always has the object, or no attribute at all.
 * Every other block (`attribute`, `global_secondary_index`, `filter`, …) is always a list of objects, also when written as one object.
 * Source: provider schemas of hashicorp/aws 5.100.
 */
const SINGLE: Readonly<Record<string, readonly string[]>> = {
  aws_apigatewayv2_api: ['cors_configuration'],
  aws_apigatewayv2_authorizer: ['jwt_configuration'],
  aws_apigatewayv2_integration: ['tls_config'],
  aws_apigatewayv2_stage: ['access_log_settings', 'default_route_settings'],
  aws_cloudwatch_event_target: [
    'batch_target',
    'dead_letter_config',
    'http_target',
    'input_transformer',
    'retry_policy',
    'sqs_target',
  ],
  aws_cognito_user_pool: [
    'account_recovery_setting',
    'admin_create_user_config',
    'admin_create_user_config.invite_message_template',
    'device_configuration',
    'email_configuration',
    'lambda_config',
    'password_policy',
    'software_token_mfa_configuration',
    'user_attribute_update_settings',
    'user_pool_add_ons',
    'username_configuration',
    'verification_message_template',
  ],
  aws_cognito_user_pool_client: ['token_validity_units', 'refresh_token_rotation'],
  aws_dynamodb_table: ['point_in_time_recovery', 'server_side_encryption', 'ttl', 'on_demand_throughput'],
  aws_lambda_event_source_mapping: [
    'amazon_managed_kafka_event_source_config',
    'destination_config',
    'destination_config.on_failure',
    'document_db_event_source_config',
    'filter_criteria',
    'metrics_config',
    'provisioned_poller_config',
    'scaling_config',
  ],
  aws_lambda_function: [
    'dead_letter_config',
    'environment',
    'ephemeral_storage',
    'file_system_config',
    'image_config',
    'logging_config',
    'snap_start',
    'tracing_config',
    'vpc_config',
  ],
  aws_lambda_function_event_invoke_config: [
    'destination_config',
    'destination_config.on_failure',
    'destination_config.on_success',
  ],
  aws_sfn_state_machine: ['encryption_configuration', 'logging_configuration', 'tracing_configuration'],
};

/** Blocks that repeat; an object alone is a list of one. */
const REPEATED: Readonly<Record<string, readonly string[]>> = {
  aws_apigatewayv2_stage: ['route_settings'],
  aws_apigatewayv2_integration: ['response_parameters'],
  aws_cognito_user_pool: ['schema'],
  aws_dynamodb_table: ['attribute', 'global_secondary_index', 'local_secondary_index', 'replica'],
  aws_lambda_event_source_mapping: ['filter_criteria.filter', 'source_access_configuration'],
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
