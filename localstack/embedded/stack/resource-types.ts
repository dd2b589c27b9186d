import {
  type Computed,
  type ComputedContext,
  compute,
  drawnId,
  generatedName,
  stableId,
  stableUuid,
} from './computed.ts';

// AWS labels a stream with the time it was turned on; a fixed one keeps the ARN the same from run to run.
const STREAM_LABEL = '2024-01-01T00:00:00.000';

const functionArn = 'arn:aws:lambda:{region}:{account}:function:{function_name}';
const executionArn = (apiId: string) => `arn:aws:execute-api:{region}:{account}:{${apiId}}`;
const functionVersion = ({ optional }: ComputedContext) => (optional('publish') === 'true' ? '1' : '$LATEST');
const qualified = (context: ComputedContext) => `${compute(functionArn, context)}:${functionVersion(context)}`;
const invokedBy = (arn: string) => `arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/${arn}/invocations`;

/** Table, name of the hash key, then the values of both keys. */
function itemId(context: ComputedContext): string {
  const item = JSON.parse(context.get('item')) as Record<string, { B?: string; S?: string; N?: string }>;
  const keyValue = (name: string) => item[name]?.S ?? item[name]?.N ?? item[name]?.B ?? '';
  const range = context.optional('range_key');
  const hash = context.get('hash_key');
  return [context.get('table_name'), hash, keyValue(hash), ...(range === undefined ? [] : [keyValue(range)])].join('|');
}

/**
 * Every resource type that the local cloud knows, with the attributes that AWS fills in; one that the file sets itself wins. A type that is
 * not here is an error, never ignored in silence.
 */
export const resourceTypes: Readonly<Record<string, Readonly<Record<string, Computed>>>> = {
  aws_apigatewayv2_api: {
    id: drawnId(10),
    arn: 'arn:aws:apigateway:{region}::/apis/{id}',
    api_endpoint: 'https://{id}.execute-api.{region}.amazonaws.com',
    execution_arn: executionArn('id'),
  },
  aws_apigatewayv2_authorizer: { id: drawnId(7) },
  aws_apigatewayv2_integration: { id: drawnId(7) },
  aws_apigatewayv2_route: { id: drawnId(7) },
  aws_apigatewayv2_stage: {
    id: '{name}',
    arn: 'arn:aws:apigateway:{region}::/apis/{api_id}/stages/{name}',
    execution_arn: `${executionArn('api_id')}/{name}`,
    invoke_url: (context) =>
      compute(
        `https://{api_id}.execute-api.{region}.amazonaws.com/${context.get('name') === '$default' ? '' : '{name}'}`,
        context,
      ),
  },
  aws_cloudwatch_dashboard: {
    id: '{dashboard_name}',
    dashboard_arn: 'arn:aws:cloudwatch::{account}:dashboard/{dashboard_name}',
  },
  aws_cloudwatch_event_rule: {
    name: generatedName,
    id: '{name}',
    event_bus_name: 'default',
    arn: (context) => {
      const bus = context.get('event_bus_name');
      return compute(`arn:aws:events:{region}:{account}:rule/${bus === 'default' ? '' : `${bus}/`}{name}`, context);
    },
  },
  aws_cloudwatch_event_target: {
    target_id: ({ address }) => `terraform-${stableId(address, 16)}`,
    id: '{rule}-{target_id}',
    event_bus_name: 'default',
  },
  aws_cloudwatch_log_group: {
    name: generatedName,
    id: '{name}',
    arn: 'arn:aws:logs:{region}:{account}:log-group:{name}',
  },
  aws_cloudwatch_metric_alarm: {
    id: '{alarm_name}',
    arn: 'arn:aws:cloudwatch:{region}:{account}:alarm:{alarm_name}',
  },
  aws_cognito_user_group: { id: '{user_pool_id}/{name}' },
  aws_cognito_user_pool: {
    id: ({ address, region }) => `${region}_${stableId(address, 9)}`,
    arn: 'arn:aws:cognito-idp:{region}:{account}:userpool/{id}',
    /** Without `https://`, as the provider has it. */
    endpoint: 'cognito-idp.{region}.amazonaws.com/{id}',
  },
  aws_cognito_user_pool_client: {
    id: drawnId(26),
    client_secret: ({ address, optional }) =>
      optional('generate_secret') === 'true' ? stableId(`${address} secret`, 51) : undefined,
  },
  aws_cognito_user_pool_domain: { id: '{domain}' },
  aws_dynamodb_table: {
    id: '{name}',
    arn: 'arn:aws:dynamodb:{region}:{account}:table/{name}',
    stream_label: STREAM_LABEL,
    stream_arn: `arn:aws:dynamodb:{region}:{account}:table/{name}/stream/${STREAM_LABEL}`,
  },
  aws_dynamodb_table_item: { id: itemId },
  aws_iam_policy: {
    name: generatedName,
    id: '{arn}',
    arn: (context) => compute(`arn:aws:iam::{account}:policy${context.optional('path') ?? '/'}{name}`, context),
    policy_id: ({ address }) => `ANPA${stableId(address, 17).toUpperCase()}`,
  },
  aws_iam_role: {
    name: generatedName,
    id: '{name}',
    arn: (context) => compute(`arn:aws:iam::{account}:role${context.optional('path') ?? '/'}{name}`, context),
    unique_id: ({ address }) => `AROA${stableId(address, 17).toUpperCase()}`,
  },
  aws_iam_role_policy: { name: generatedName, id: '{role}:{name}' },
  aws_iam_role_policy_attachment: { id: '{role}-{policy_arn}' },
  aws_lambda_event_source_mapping: {
    id: stableUuid,
    uuid: '{id}',
    arn: 'arn:aws:lambda:{region}:{account}:event-source-mapping:{id}',
    function_arn: (context) =>
      compute(context.get('function_name').startsWith('arn:') ? '{function_name}' : functionArn, context),
  },
  aws_lambda_function: {
    id: '{function_name}',
    arn: functionArn,
    version: functionVersion,
    qualified_arn: qualified,
    invoke_arn: invokedBy(functionArn),
    qualified_invoke_arn: (context) => compute(invokedBy(qualified(context)), context),
  },
  aws_lambda_function_event_invoke_config: { id: '{function_name}' },
  aws_lambda_permission: { statement_id: generatedName, id: '{statement_id}' },
  aws_sfn_state_machine: {
    name: generatedName,
    arn: 'arn:aws:states:{region}:{account}:stateMachine:{name}',
    id: '{arn}',
    status: 'ACTIVE',
  },
  aws_sns_topic: {
    name: generatedName,
    arn: 'arn:aws:sns:{region}:{account}:{name}',
    id: '{arn}',
    owner: '{account}',
  },
  aws_sns_topic_policy: { id: '{arn}' },
  aws_sns_topic_subscription: {
    arn: (context) => `${context.get('topic_arn')}:${stableUuid(context)}`,
    id: '{arn}',
    owner_id: '{account}',
  },
  aws_sqs_queue: {
    name: generatedName,
    url: 'https://sqs.{region}.amazonaws.com/{account}/{name}',
    id: '{url}',
    arn: 'arn:aws:sqs:{region}:{account}:{name}',
  },
  aws_sqs_queue_redrive_allow_policy: { id: '{queue_url}' },
  aws_sqs_queue_policy: { id: '{queue_url}' },
  aws_ssm_parameter: {
    id: '{name}',
    arn: (context) =>
      compute(`arn:aws:ssm:{region}:{account}:parameter/${context.get('name').replace(/^\//, '')}`, context),
    version: () => 1,
    data_type: 'text',
  },
};
