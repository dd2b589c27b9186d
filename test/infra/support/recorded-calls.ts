/**
 * The AWS API calls of every resource type, recorded from Terraform's AWS provider 5.100.0 over create, read, update, tag,
 * untag and delete of the whole stack on an emulator (`TF_LOG_PROVIDER=DEBUG`, the fields `rpc.service`, `rpc.method` and
 * `tf_resource_type`). By `service:Operation`, in the names of the SDK.
 */
export const recordedCalls: Readonly<Record<string, readonly string[]>> = {
  aws_apigatewayv2_api: [
    'ApiGatewayV2:CreateApi',
    'ApiGatewayV2:DeleteApi',
    'ApiGatewayV2:GetApi',
    'ApiGatewayV2:TagResource',
    'ApiGatewayV2:UntagResource',
    'ApiGatewayV2:UpdateApi',
  ],
  aws_apigatewayv2_authorizer: [
    'ApiGatewayV2:CreateAuthorizer',
    'ApiGatewayV2:DeleteAuthorizer',
    'ApiGatewayV2:GetApi',
    'ApiGatewayV2:GetAuthorizer',
    'ApiGatewayV2:UpdateAuthorizer',
  ],
  aws_apigatewayv2_integration: [
    'ApiGatewayV2:CreateIntegration',
    'ApiGatewayV2:DeleteIntegration',
    'ApiGatewayV2:GetIntegration',
    'ApiGatewayV2:UpdateIntegration',
  ],
  aws_apigatewayv2_route: ['ApiGatewayV2:CreateRoute', 'ApiGatewayV2:DeleteRoute', 'ApiGatewayV2:GetRoute'],
  aws_apigatewayv2_stage: [
    'ApiGatewayV2:CreateStage',
    'ApiGatewayV2:DeleteStage',
    'ApiGatewayV2:GetApi',
    'ApiGatewayV2:GetStage',
    'ApiGatewayV2:TagResource',
    'ApiGatewayV2:UntagResource',
    'ApiGatewayV2:UpdateStage',
  ],
  aws_cloudwatch_dashboard: ['CloudWatch:DeleteDashboards', 'CloudWatch:GetDashboard', 'CloudWatch:PutDashboard'],
  aws_cloudwatch_event_rule: [
    'EventBridge:DeleteRule',
    'EventBridge:DescribeRule',
    'EventBridge:ListTagsForResource',
    'EventBridge:PutRule',
    'EventBridge:TagResource',
    'EventBridge:UntagResource',
  ],
  aws_cloudwatch_event_target: ['EventBridge:ListTargetsByRule', 'EventBridge:PutTargets', 'EventBridge:RemoveTargets'],
  aws_cloudwatch_log_group: [
    'CloudWatch Logs:CreateLogGroup',
    'CloudWatch Logs:DeleteLogGroup',
    'CloudWatch Logs:DescribeLogGroups',
    'CloudWatch Logs:ListTagsForResource',
    'CloudWatch Logs:PutRetentionPolicy',
    'CloudWatch Logs:TagResource',
    'CloudWatch Logs:UntagResource',
  ],
  aws_cloudwatch_metric_alarm: [
    'CloudWatch:DeleteAlarms',
    'CloudWatch:DescribeAlarms',
    'CloudWatch:ListTagsForResource',
    'CloudWatch:PutMetricAlarm',
    'CloudWatch:TagResource',
    'CloudWatch:UntagResource',
  ],
  aws_cognito_user_group: [
    'Cognito Identity Provider:CreateGroup',
    'Cognito Identity Provider:DeleteGroup',
    'Cognito Identity Provider:GetGroup',
    'Cognito Identity Provider:UpdateGroup',
  ],
  aws_cognito_user_pool: [
    'Cognito Identity Provider:CreateUserPool',
    'Cognito Identity Provider:DeleteUserPool',
    'Cognito Identity Provider:DescribeUserPool',
    'Cognito Identity Provider:GetUserPoolMfaConfig',
    'Cognito Identity Provider:TagResource',
    'Cognito Identity Provider:UntagResource',
    'Cognito Identity Provider:UpdateUserPool',
  ],
  aws_cognito_user_pool_client: [
    'Cognito Identity Provider:CreateUserPoolClient',
    'Cognito Identity Provider:DeleteUserPoolClient',
    'Cognito Identity Provider:DescribeUserPoolClient',
    'Cognito Identity Provider:UpdateUserPoolClient',
  ],
  aws_cognito_user_pool_domain: [
    'Cognito Identity Provider:CreateUserPoolDomain',
    'Cognito Identity Provider:DeleteUserPoolDomain',
    'Cognito Identity Provider:DescribeUserPoolDomain',
  ],
  aws_dynamodb_table: [
    'DynamoDB:CreateTable',
    'DynamoDB:DeleteTable',
    'DynamoDB:DescribeContinuousBackups',
    'DynamoDB:DescribeTable',
    'DynamoDB:DescribeTimeToLive',
    'DynamoDB:ListTagsOfResource',
    'DynamoDB:TagResource',
    'DynamoDB:UntagResource',
    'DynamoDB:UpdateContinuousBackups',
    'DynamoDB:UpdateTimeToLive',
    'KMS:DescribeKey',
  ],
  aws_dynamodb_table_item: ['DynamoDB:DeleteItem', 'DynamoDB:GetItem', 'DynamoDB:PutItem'],
  aws_iam_role: [
    'IAM:CreateRole',
    'IAM:DeleteRole',
    'IAM:GetRole',
    'IAM:GetRolePolicy',
    'IAM:ListAttachedRolePolicies',
    'IAM:ListInstanceProfilesForRole',
    'IAM:ListRolePolicies',
    'IAM:TagRole',
    'IAM:UntagRole',
    'IAM:UpdateAssumeRolePolicy',
    'IAM:UpdateRole',
    'IAM:UpdateRoleDescription',
  ],
  aws_iam_role_policy: ['IAM:DeleteRolePolicy', 'IAM:GetRolePolicy', 'IAM:PutRolePolicy'],
  aws_lambda_event_source_mapping: [
    'Lambda:CreateEventSourceMapping',
    'Lambda:DeleteEventSourceMapping',
    'Lambda:GetEventSourceMapping',
    'Lambda:ListTags',
    'Lambda:TagResource',
    'Lambda:UntagResource',
    'Lambda:UpdateEventSourceMapping',
  ],
  aws_lambda_function: [
    'Lambda:CreateFunction',
    'Lambda:DeleteFunction',
    'Lambda:GetFunction',
    'Lambda:GetFunctionCodeSigningConfig',
    'Lambda:GetFunctionConfiguration',
    'Lambda:ListVersionsByFunction',
    'Lambda:PublishVersion',
    'Lambda:TagResource',
    'Lambda:UntagResource',
    'Lambda:UpdateFunctionCode',
    'Lambda:UpdateFunctionConfiguration',
  ],
  aws_lambda_function_event_invoke_config: [
    'Lambda:DeleteFunctionEventInvokeConfig',
    'Lambda:GetFunctionEventInvokeConfig',
    'Lambda:PutFunctionEventInvokeConfig',
  ],
  aws_lambda_permission: ['Lambda:AddPermission', 'Lambda:GetPolicy', 'Lambda:RemovePermission'],
  aws_sfn_state_machine: [
    'SFN:CreateStateMachine',
    'SFN:DeleteStateMachine',
    'SFN:DescribeStateMachine',
    'SFN:ListStateMachineVersions',
    'SFN:ListTagsForResource',
    'SFN:TagResource',
    'SFN:UntagResource',
    'SFN:UpdateStateMachine',
    'SFN:ValidateStateMachineDefinition',
  ],
  aws_sns_topic: [
    'SNS:CreateTopic',
    'SNS:DeleteTopic',
    'SNS:GetTopicAttributes',
    'SNS:ListTagsForResource',
    'SNS:SetTopicAttributes',
    'SNS:TagResource',
    'SNS:UntagResource',
  ],
  aws_sns_topic_subscription: [
    'SNS:GetSubscriptionAttributes',
    'SNS:ListSubscriptionsByTopic',
    'SNS:SetSubscriptionAttributes',
    'SNS:Subscribe',
    'SNS:Unsubscribe',
  ],
  aws_sqs_queue: [
    'SQS:CreateQueue',
    'SQS:DeleteQueue',
    'SQS:GetQueueAttributes',
    'SQS:ListQueueTags',
    'SQS:SetQueueAttributes',
    'SQS:TagQueue',
    'SQS:UntagQueue',
  ],
  aws_sqs_queue_policy: ['SQS:GetQueueAttributes', 'SQS:SetQueueAttributes'],
  aws_sqs_queue_redrive_allow_policy: ['SQS:GetQueueAttributes', 'SQS:SetQueueAttributes'],
  aws_ssm_parameter: [
    'SSM:AddTagsToResource',
    'SSM:DeleteParameter',
    'SSM:DescribeParameters',
    'SSM:GetParameter',
    'SSM:ListTagsForResource',
    'SSM:PutParameter',
    'SSM:RemoveTagsFromResource',
  ],
};

const prefixes: Readonly<Record<string, string>> = {
  CloudWatch: 'cloudwatch',
  'CloudWatch Logs': 'logs',
  'Cognito Identity Provider': 'cognito-idp',
  DynamoDB: 'dynamodb',
  EventBridge: 'events',
  IAM: 'iam',
  KMS: 'kms',
  Lambda: 'lambda',
  SFN: 'states',
  SNS: 'sns',
  SQS: 'sqs',
  SSM: 'ssm',
};

/** API Gateway's actions are the HTTP methods of its API; tagging is POST and DELETE there. */
const apiGatewayMethods: readonly (readonly [RegExp, string])[] = [
  [/^(Create|Tag)/, 'POST'],
  [/^(Delete|Untag)/, 'DELETE'],
  [/^Get/, 'GET'],
  [/^Update/, 'PATCH'],
];

/** `CloudWatch Logs:CreateLogGroup` → `logs:CreateLogGroup`, as IAM calls it. */
export function actionOf(call: string): string {
  const [service = '', operation = ''] = call.split(':');
  if (service === 'ApiGatewayV2') {
    const method = apiGatewayMethods.find(([pattern]) => pattern.test(operation));
    if (method) return `apigateway:${method[1]}`;
  } else if (prefixes[service]) {
    return `${prefixes[service]}:${operation}`;
  }
  throw new Error(`No IAM action is known for the call ${call}`);
}
