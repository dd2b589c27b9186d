import { keyConditionOf } from '../key-condition.ts';
import type { Scope } from './stack-scope.ts';
import type { Condition } from './statement.ts';

/**
 * Which actions Terraform needs for each resource type. Three sources: the calls that provider 5.100 makes (recorded with
 * `TF_LOG_PROVIDER=DEBUG` while this stack was made, planned, changed in place, tagged anew and destroyed; the tests have
 * the list); for types that the stack has not yet, the source of hashicorp/terraform-provider-aws v5.100.0; and for what
 * AWS checks beyond the calls themselves the page named beside the grant. Names and resource forms are those of
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export interface Grant {
  /** What `terraform plan` calls already. */
  readonly read?: readonly string[];
  /** What creating, changing, tagging and deleting call on top. */
  readonly write?: readonly string[];
  readonly on: (scope: Scope) => readonly string[];
  readonly condition?: (scope: Scope) => Condition;
  /** Only where a resource of the type has this attribute. */
  readonly usedWith?: string;
}

/** ARNs of a type's resources: `arn:aws:<service>:<region>:<account>:<before><name><after>`. */
const named =
  (service: string, before: string, type: string, attribute: string, after: readonly string[] = ['']) =>
  ({ region, account, patterns }: Scope): string[] => {
    const place = service === 'iam' || before === 'dashboard/' ? `:${account}` : `${region}:${account}`;
    return patterns(type, attribute).flatMap((name) =>
      // A pattern ends with `*`, which holds for whatever would come after.
      (name.endsWith('*') ? [''] : after).map((end) => `arn:aws:${service}:${place}:${before}${name}${end}`),
    );
  };

const tables = named('dynamodb', 'table/', 'aws_dynamodb_table', 'name');
const lambdas = named('lambda', 'function:', 'aws_lambda_function', 'function_name');
const roles = named('iam', 'role/', 'aws_iam_role', 'name');
const rules = named('events', 'rule/', 'aws_cloudwatch_event_rule', 'name');
const queues = named('sqs', '', 'aws_sqs_queue', 'name');
const topics = named('sns', '', 'aws_sns_topic', 'name');
const userPools = ({ region, account }: Scope): string[] => [`arn:aws:cognito-idp:${region}:${account}:userpool/*`];
/** API Gateway's ARNs have neither account nor name. */
const apis =
  (...paths: readonly string[]) =>
  ({ region }: Scope): string[] =>
    paths.map((path) => `arn:aws:apigateway:${region}::${path}`);
const eventSourceMappings = ({ region, account }: Scope): string[] => [
  `arn:aws:lambda:${region}:${account}:event-source-mapping:*`,
];
const ofOurFunctions = (scope: Scope): Condition => ({ ArnLike: { 'lambda:FunctionArn': lambdas(scope) } });
const anywhere = (): string[] => ['*'];

/** Of whoever turns on logging to a group that AWS delivers to; API Gateway looks for them when a stage gets access logs. */
const logDelivery: Grant = {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html#http-api-logging.permissions
  // https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
  write: [
    'logs:CreateLogDelivery',
    'logs:DeleteLogDelivery',
    'logs:DescribeResourcePolicies',
    'logs:GetLogDelivery',
    'logs:ListLogDeliveries',
    'logs:PutResourcePolicy',
    'logs:UpdateLogDelivery',
  ],
  on: anywhere,
};

const apiPart: Grant = {
  read: ['apigateway:GET'],
  write: ['apigateway:DELETE', 'apigateway:PATCH', 'apigateway:POST'],
  on: apis('/apis/*'),
};

export const permissions: Readonly<Record<string, readonly Grant[]>> = {
  aws_apigatewayv2_api: [
    {
      read: ['apigateway:GET'],
      write: ['apigateway:DELETE', 'apigateway:PATCH', 'apigateway:POST', 'apigateway:PUT'],
      // Tags are resources of their own: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-iam-policy.html
      on: apis('/apis', '/apis/*', '/tags/*'),
    },
    {
      // The first API of an account makes API Gateway's own role: https://docs.aws.amazon.com/apigateway/latest/developerguide/using-service-linked-roles.html
      write: ['iam:CreateServiceLinkedRole'],
      on: ({ account }) => [
        `arn:aws:iam::${account}:role/aws-service-role/ops.apigateway.amazonaws.com/AWSServiceRoleForAPIGateway`,
      ],
      condition: () => ({ StringEquals: { 'iam:AWSServiceName': 'ops.apigateway.amazonaws.com' } }),
    },
  ],
  aws_apigatewayv2_authorizer: [apiPart],
  aws_apigatewayv2_integration: [apiPart],
  aws_apigatewayv2_route: [apiPart],
  aws_apigatewayv2_stage: [apiPart, { ...logDelivery, usedWith: 'access_log_settings' }],
  aws_cloudwatch_dashboard: [
    {
      read: ['cloudwatch:GetDashboard'],
      write: ['cloudwatch:DeleteDashboards', 'cloudwatch:PutDashboard'],
      on: named('cloudwatch', 'dashboard/', 'aws_cloudwatch_dashboard', 'dashboard_name'),
    },
  ],
  aws_cloudwatch_event_rule: [
    {
      read: ['events:DescribeRule', 'events:ListTagsForResource'],
      write: ['events:DeleteRule', 'events:PutRule', 'events:TagResource', 'events:UntagResource'],
      on: rules,
    },
  ],
  aws_cloudwatch_event_target: [
    { read: ['events:ListTargetsByRule'], write: ['events:PutTargets', 'events:RemoveTargets'], on: rules },
  ],
  aws_cloudwatch_log_group: [
    {
      read: ['logs:ListTagsForResource'],
      write: [
        'logs:CreateLogGroup',
        'logs:DeleteLogGroup',
        'logs:PutRetentionPolicy',
        'logs:TagResource',
        'logs:UntagResource',
      ],
      // Older actions ask for the form with `:*`.
      on: named('logs', 'log-group:', 'aws_cloudwatch_log_group', 'name', ['', ':*']),
    },
    {
      read: ['logs:DescribeLogGroups'],
      on: ({ region, account }) => [`arn:aws:logs:${region}:${account}:log-group:*`],
    },
  ],
  aws_cloudwatch_metric_alarm: [
    {
      // Denials name all alarms, whatever name was asked for: https://github.com/mattclay/aws-terminator/pull/63
      read: ['cloudwatch:DescribeAlarms'],
      on: ({ region, account }) => [`arn:aws:cloudwatch:${region}:${account}:alarm:*`],
    },
    {
      read: ['cloudwatch:ListTagsForResource'],
      write: [
        'cloudwatch:DeleteAlarms',
        'cloudwatch:PutMetricAlarm',
        'cloudwatch:TagResource',
        'cloudwatch:UntagResource',
      ],
      on: named('cloudwatch', 'alarm:', 'aws_cloudwatch_metric_alarm', 'alarm_name'),
    },
  ],
  aws_cognito_resource_server: [
    {
      read: ['cognito-idp:DescribeResourceServer'],
      write: [
        'cognito-idp:CreateResourceServer',
        'cognito-idp:DeleteResourceServer',
        'cognito-idp:UpdateResourceServer',
      ],
      on: userPools,
    },
  ],
  aws_cognito_user_group: [
    {
      read: ['cognito-idp:GetGroup'],
      write: ['cognito-idp:CreateGroup', 'cognito-idp:DeleteGroup', 'cognito-idp:UpdateGroup'],
      on: userPools,
    },
  ],
  aws_cognito_user_pool: [
    { write: ['cognito-idp:CreateUserPool'], on: anywhere },
    {
      read: ['cognito-idp:DescribeUserPool', 'cognito-idp:GetUserPoolMfaConfig'],
      write: [
        'cognito-idp:DeleteUserPool',
        'cognito-idp:TagResource',
        'cognito-idp:UntagResource',
        'cognito-idp:UpdateUserPool',
      ],
      on: userPools,
    },
    { write: ['cognito-idp:AddCustomAttributes'], on: userPools, usedWith: 'schema' },
    {
      // The first pool of an account that sends through SES makes Cognito's own role: https://docs.aws.amazon.com/cognito/latest/developerguide/using-service-linked-roles.html
      write: ['iam:CreateServiceLinkedRole'],
      on: ({ account }) => [`arn:aws:iam::${account}:role/aws-service-role/email.cognito-idp.amazonaws.com/*`],
      condition: () => ({ StringEquals: { 'iam:AWSServiceName': 'email.cognito-idp.amazonaws.com' } }),
      usedWith: 'email_configuration',
    },
    { write: ['cognito-idp:SetUserPoolMfaConfig'], on: userPools, usedWith: 'mfa_configuration' },
  ],
  aws_cognito_user_pool_client: [
    {
      read: ['cognito-idp:DescribeUserPoolClient'],
      write: [
        'cognito-idp:CreateUserPoolClient',
        'cognito-idp:DeleteUserPoolClient',
        'cognito-idp:UpdateUserPoolClient',
      ],
      on: userPools,
    },
  ],
  aws_cognito_user_pool_domain: [
    { read: ['cognito-idp:DescribeUserPoolDomain'], on: anywhere },
    {
      write: ['cognito-idp:CreateUserPoolDomain', 'cognito-idp:DeleteUserPoolDomain'],
      on: userPools,
    },
    { write: ['cognito-idp:UpdateUserPoolDomain'], on: userPools, usedWith: 'certificate_arn' },
  ],
  aws_dynamodb_table: [
    {
      read: [
        'dynamodb:DescribeContinuousBackups',
        'dynamodb:DescribeTable',
        'dynamodb:DescribeTimeToLive',
        'dynamodb:ListTagsOfResource',
      ],
      write: [
        'dynamodb:CreateTable',
        'dynamodb:DeleteTable',
        'dynamodb:TagResource',
        'dynamodb:UntagResource',
        'dynamodb:UpdateContinuousBackups',
        'dynamodb:UpdateTable',
        'dynamodb:UpdateTimeToLive',
      ],
      on: tables,
    },
    {
      // The provider compares the table's key with AWS's own for DynamoDB, which it looks up by this alias.
      read: ['kms:DescribeKey'],
      on: ({ region, account }) => [`arn:aws:kms:${region}:${account}:key/*`],
      condition: () => ({ StringEquals: { 'kms:RequestAlias': 'alias/aws/dynamodb' } }),
      usedWith: 'server_side_encryption',
    },
  ],
  aws_dynamodb_table_item: [
    {
      read: ['dynamodb:GetItem'],
      write: ['dynamodb:DeleteItem', 'dynamodb:PutItem'],
      on: tables,
      // The deployer puts flights, and reads nothing of customers.
      condition: () => keyConditionOf('flight'),
    },
  ],
  aws_iam_role: [
    {
      read: ['iam:GetRole', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'],
      write: [
        'iam:CreateRole',
        'iam:DeleteRole',
        'iam:ListInstanceProfilesForRole',
        'iam:TagRole',
        'iam:UntagRole',
        'iam:UpdateAssumeRolePolicy',
        'iam:UpdateRole',
        'iam:UpdateRoleDescription',
      ],
      on: roles,
    },
    {
      // Of whoever makes a function or a state machine with a role: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
      write: ['iam:PassRole'],
      on: roles,
      condition: ({ trustedServices }) => ({ StringEquals: { 'iam:PassedToService': trustedServices } }),
    },
  ],
  aws_iam_role_policy: [
    { read: ['iam:GetRolePolicy'], write: ['iam:DeleteRolePolicy', 'iam:PutRolePolicy'], on: roles },
  ],
  aws_lambda_event_source_mapping: [
    // Its ARN is a random number, but AWS looks at the function too: https://docs.aws.amazon.com/lambda/latest/dg/permissions-user-function.html
    { write: ['lambda:CreateEventSourceMapping'], on: anywhere, condition: ofOurFunctions },
    {
      read: ['lambda:GetEventSourceMapping'],
      write: ['lambda:DeleteEventSourceMapping', 'lambda:UpdateEventSourceMapping'],
      on: eventSourceMappings,
      condition: ofOurFunctions,
    },
    { read: ['lambda:ListTags'], write: ['lambda:TagResource', 'lambda:UntagResource'], on: eventSourceMappings },
  ],
  aws_lambda_function: [
    {
      read: [
        'lambda:GetFunction',
        'lambda:GetFunctionCodeSigningConfig',
        // Without it GetFunction answers without tags, and every plan would add them again.
        'lambda:ListTags',
        'lambda:ListVersionsByFunction',
      ],
      write: [
        'lambda:CreateFunction',
        'lambda:DeleteFunction',
        'lambda:TagResource',
        'lambda:UntagResource',
        'lambda:UpdateFunctionCode',
        'lambda:UpdateFunctionConfiguration',
      ],
      on: lambdas,
    },
    // Where it is set, and where it no longer is.
    { write: ['lambda:DeleteFunctionConcurrency', 'lambda:PutFunctionConcurrency'], on: lambdas },
    // A new version is made, of new code or of new configuration, and waited for under its own ARN.
    { write: ['lambda:GetFunctionConfiguration', 'lambda:PublishVersion'], on: lambdas, usedWith: 'publish' },
  ],
  aws_lambda_function_event_invoke_config: [
    {
      read: ['lambda:GetFunctionEventInvokeConfig'],
      write: ['lambda:DeleteFunctionEventInvokeConfig', 'lambda:PutFunctionEventInvokeConfig'],
      on: lambdas,
    },
  ],
  aws_lambda_permission: [
    { read: ['lambda:GetPolicy'], write: ['lambda:AddPermission', 'lambda:RemovePermission'], on: lambdas },
  ],
  aws_sfn_state_machine: [
    {
      read: ['states:DescribeStateMachine', 'states:ListStateMachineVersions', 'states:ListTagsForResource'],
      write: [
        'states:CreateStateMachine',
        'states:DeleteStateMachine',
        'states:TagResource',
        'states:UntagResource',
        'states:UpdateStateMachine',
      ],
      on: named('states', 'stateMachine:', 'aws_sfn_state_machine', 'name'),
    },
    { read: ['states:ValidateStateMachineDefinition'], on: anywhere },
    { ...logDelivery, usedWith: 'logging_configuration' },
  ],
  aws_sns_topic: [
    {
      read: ['sns:GetTopicAttributes', 'sns:ListTagsForResource'],
      write: ['sns:CreateTopic', 'sns:DeleteTopic', 'sns:SetTopicAttributes', 'sns:TagResource', 'sns:UntagResource'],
      on: topics,
    },
  ],
  aws_sns_topic_subscription: [
    {
      // A subscription's ARN begins with its topic's.
      read: ['sns:GetSubscriptionAttributes', 'sns:ListSubscriptionsByTopic'],
      write: ['sns:SetSubscriptionAttributes', 'sns:Subscribe', 'sns:Unsubscribe'],
      on: topics,
    },
  ],
  aws_sqs_queue: [
    {
      read: ['sqs:GetQueueAttributes', 'sqs:ListQueueTags'],
      write: ['sqs:CreateQueue', 'sqs:DeleteQueue', 'sqs:SetQueueAttributes', 'sqs:TagQueue', 'sqs:UntagQueue'],
      on: queues,
    },
  ],
  aws_sqs_queue_policy: [{ read: ['sqs:GetQueueAttributes'], write: ['sqs:SetQueueAttributes'], on: queues }],
  aws_sqs_queue_redrive_allow_policy: [
    { read: ['sqs:GetQueueAttributes'], write: ['sqs:SetQueueAttributes'], on: queues },
  ],
  aws_ssm_parameter: [
    {
      read: ['ssm:GetParameter', 'ssm:ListTagsForResource'],
      write: ['ssm:AddTagsToResource', 'ssm:DeleteParameter', 'ssm:PutParameter', 'ssm:RemoveTagsFromResource'],
      // A parameter's ARN has one slash where its name begins with one.
      on: named('ssm', 'parameter', 'aws_ssm_parameter', 'name'),
    },
    { read: ['ssm:DescribeParameters'], on: anywhere },
  ],
};

/** Data sources that need no permission: AWS tells every caller who it is. */
export const freeDataSources: ReadonlySet<string> = new Set(['aws_caller_identity']);
