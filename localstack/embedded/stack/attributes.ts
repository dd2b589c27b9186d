import { addressOf } from '../resource.ts';
import type { StackResource } from '../types.ts';
import { isObject } from '../values.ts';
import { StackError } from './stack-error.ts';

interface Attributes {
  /** Those that the local cloud does as AWS does, or refuses by itself with what to write instead. */
  readonly served: string;
  /** Those that change nothing that a local cloud shows. */
  readonly inert?: string;
  /** Those that may have this value alone. */
  readonly only?: Readonly<Record<string, string>>;
}

const EVERYWHERE = 'id tags tags_all timeouts description';

/**
 * By type, in words. A type that is not here has no counterpart: it is there for others to refer to.
 * Source: provider schemas of hashicorp/aws 5.100.
 */
export const attributesOf: Readonly<Record<string, Attributes>> = {
  aws_apigatewayv2_api: {
    served: 'name protocol_type cors_configuration target route_key credentials_arn body',
    inert: 'version ip_address_type route_selection_expression api_key_selection_expression fail_on_warnings',
  },
  aws_apigatewayv2_authorizer: { served: 'api_id authorizer_type identity_sources jwt_configuration name' },
  aws_apigatewayv2_integration: {
    served:
      'api_id credentials_arn integration_type integration_uri payload_format_version request_parameters response_parameters timeout_milliseconds',
    inert: 'integration_method',
    only: { connection_type: 'INTERNET', passthrough_behavior: 'WHEN_NO_MATCH' },
  },
  aws_apigatewayv2_route: {
    served: 'api_id authorization_scopes authorization_type authorizer_id route_key target',
    inert: 'operation_name',
  },
  aws_apigatewayv2_stage: {
    served: 'access_log_settings api_id auto_deploy default_route_settings name route_settings stage_variables',
  },
  aws_cloudwatch_event_rule: {
    served: 'event_bus_name event_pattern is_enabled name name_prefix schedule_expression state',
    inert: 'force_destroy role_arn',
  },
  aws_cloudwatch_event_target: {
    served: 'arn dead_letter_config event_bus_name input input_path input_transformer retry_policy rule target_id',
    inert: 'force_destroy role_arn',
  },
  aws_cloudwatch_log_group: {
    served: 'name name_prefix retention_in_days',
    inert: 'kms_key_id skip_destroy',
    only: { log_group_class: 'STANDARD' },
  },
  aws_dynamodb_table: {
    served:
      'attribute billing_mode deletion_protection_enabled global_secondary_index hash_key import_table local_secondary_index name point_in_time_recovery range_key replica restore_source_name restore_source_table_arn ttl',
    inert: 'on_demand_throughput read_capacity server_side_encryption stream_enabled stream_view_type write_capacity',
    only: { table_class: 'STANDARD' },
  },
  aws_dynamodb_table_item: { served: 'hash_key item range_key table_name' },
  aws_iam_policy: { served: 'name name_prefix policy', inert: 'path' },
  aws_iam_role: {
    served: 'assume_role_policy inline_policy managed_policy_arns name name_prefix permissions_boundary',
    inert: 'force_detach_policies max_session_duration path',
  },
  aws_iam_role_policy: { served: 'name name_prefix policy role' },
  aws_iam_role_policy_attachment: { served: 'policy_arn role' },
  aws_lambda_event_source_mapping: {
    served:
      'batch_size bisect_batch_on_function_error destination_config enabled event_source_arn filter_criteria function_name function_response_types maximum_batching_window_in_seconds maximum_record_age_in_seconds maximum_retry_attempts parallelization_factor scaling_config starting_position tumbling_window_in_seconds',
    inert: 'kms_key_arn metrics_config',
  },
  aws_lambda_function: {
    served:
      'dead_letter_config durable_config environment file_system_config filename function_name handler image_uri layers logging_config memory_size publish reserved_concurrent_executions role runtime snap_start timeout',
    inert:
      'architectures code_signing_config_arn ephemeral_storage kms_key_arn skip_destroy source_code_hash tracing_config',
    only: { package_type: 'Zip' },
  },
  aws_lambda_function_event_invoke_config: {
    served: 'destination_config function_name maximum_event_age_in_seconds maximum_retry_attempts qualifier',
  },
  aws_lambda_permission: {
    served:
      'action event_source_token function_name function_url_auth_type principal principal_org_id qualifier source_account source_arn statement_id statement_id_prefix',
  },
  aws_sfn_state_machine: {
    served: 'definition logging_configuration name name_prefix role_arn type',
    inert: 'encryption_configuration tracing_configuration',
  },
  aws_sns_topic: {
    served: 'content_based_deduplication display_name fifo_throughput_scope fifo_topic name name_prefix policy',
    inert: `delivery_policy kms_master_key_id signature_version tracing_config ${feedback('application', 'firehose', 'http', 'lambda', 'sqs')}`,
  },
  aws_sns_topic_policy: { served: 'arn policy' },
  aws_sns_topic_subscription: {
    served: 'endpoint filter_policy filter_policy_scope protocol raw_message_delivery redrive_policy topic_arn',
    inert: 'confirmation_timeout_in_minutes delivery_policy endpoint_auto_confirms subscription_role_arn',
  },
  aws_sqs_queue: {
    served:
      'content_based_deduplication deduplication_scope delay_seconds fifo_queue fifo_throughput_limit max_message_size message_retention_seconds name name_prefix policy receive_wait_time_seconds redrive_allow_policy redrive_policy visibility_timeout_seconds',
    inert: 'kms_data_key_reuse_period_seconds kms_master_key_id sqs_managed_sse_enabled',
  },
  aws_sqs_queue_policy: { served: 'policy queue_url' },
  aws_sqs_queue_redrive_allow_policy: { served: 'queue_url redrive_allow_policy' },
  aws_ssm_parameter: {
    served: 'insecure_value name type value',
    inert: 'arn key_id overwrite',
    only: { data_type: 'text', tier: 'Standard' },
  },
};

function feedback(...protocols: readonly string[]): string {
  const parts = ['failure_feedback_role_arn', 'success_feedback_role_arn', 'success_feedback_sample_rate'];
  return protocols.flatMap((protocol) => parts.map((part) => `${protocol}_${part}`)).join(' ');
}

/** As good as not written. */
const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === false ||
  value === '' ||
  ((isObject(value) || Array.isArray(value)) && Object.keys(value).length === 0);

/**
 * For what a stack file says and nothing would do.
 * @param written names of those that the file itself gives
 * @throws StackError that names the first of them
 */
export function refuseUnknownAttributes(resource: StackResource, written: readonly string[]): void {
  const known = attributesOf[resource.type];
  if (known === undefined) return;
  const { served, inert = '', only = {} } = known;
  const names = new Set(`${served} ${inert} ${EVERYWHERE}`.split(' '));
  for (const name of written) {
    const value = resource.attributes[name];
    if (names.has(name) || isEmpty(value) || value === only[name]) continue;
    const what =
      only[name] === undefined ? 'would be left undone here: leave it out' : `only ${only[name]} is served here`;
    throw new StackError(`${what}, or see what is served in the README of the local cloud`, {
      place: `${addressOf(resource)}.${name}`,
    });
  }
}
