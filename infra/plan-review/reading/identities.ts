/**
 * Attributes that make another resource of it: AWS cannot change them in place. Only for comparisons of two synthesized files,
 * since a plan says by itself what it replaces, and why.
 */
const ownIdentities: Readonly<Record<string, readonly string[]>> = {
  aws_dynamodb_table: ['name', 'hash_key', 'range_key'],
  aws_dynamodb_table_item: ['table_name', 'hash_key', 'range_key'],
  aws_lambda_function: ['function_name', 'package_type'],
  aws_lambda_permission: ['action', 'function_name', 'principal', 'source_arn', 'statement_id', 'qualifier'],
  aws_lambda_event_source_mapping: ['event_source_arn'],
  aws_iam_role_policy: ['name', 'role'],
  aws_sfn_state_machine: ['name', 'type'],
  aws_sqs_queue: ['name', 'fifo_queue'],
  aws_sns_topic: ['name', 'fifo_topic'],
  aws_sns_topic_subscription: ['topic_arn', 'protocol', 'endpoint'],
  aws_cognito_user_pool: ['username_attributes', 'alias_attributes'],
  aws_cognito_user_pool_client: ['user_pool_id', 'generate_secret'],
  aws_cognito_user_pool_domain: ['domain', 'user_pool_id'],
  aws_apigatewayv2_api: ['protocol_type'],
  aws_apigatewayv2_route: ['api_id'],
  aws_apigatewayv2_stage: ['api_id', 'name'],
  aws_cloudwatch_event_target: ['rule', 'target_id'],
};

/** Of types without a list of their own, a new name makes a new resource. */
export const identityOf = (type: string): readonly string[] => ownIdentities[type] ?? ['name'];
