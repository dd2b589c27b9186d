/** Why a resource of the policy is wider than the stack's names; tests admit no other. Account and region are left out. */
export const wideResources: Readonly<Record<string, string>> = {
  '/apis': 'APIs are created below this path',
  '/apis/*': 'API Gateway chooses the ids of APIs, and its ARNs hold no name',
  '/tags/*': 'tags of an API are addressed by the ARN of the API, which holds no name',
  'alarm:*': 'DescribeAlarms lists, so AWS asks for it on all alarms',
  'log-group:*': 'DescribeLogGroups lists, so AWS asks for it on all groups',
  'event-source-mapping:*': "Lambda chooses the ids; all but tags are bound to the stack's functions by condition",
  'key/*': 'the id of the key that AWS keeps for DynamoDB is not known; bound to its alias by condition',
  'userpool/*': 'Cognito chooses the ids of user pools',
};

const knowsNoResources = 'has no resource form in the service authorization reference';

/** Why an action is allowed on `*`. */
export const wideActions: Readonly<Record<string, string>> = {
  'cognito-idp:CreateUserPool': knowsNoResources,
  'cognito-idp:DescribeUserPoolDomain': knowsNoResources,
  'lambda:CreateEventSourceMapping': `${knowsNoResources}; bound to the stack's functions by condition`,
  'logs:CreateLogDelivery': knowsNoResources,
  'logs:DeleteLogDelivery': knowsNoResources,
  'logs:DescribeResourcePolicies': knowsNoResources,
  'logs:GetLogDelivery': knowsNoResources,
  'logs:ListLogDeliveries': knowsNoResources,
  'logs:PutResourcePolicy': knowsNoResources,
  'logs:UpdateLogDelivery': knowsNoResources,
  'ssm:DescribeParameters': knowsNoResources,
  'states:ValidateStateMachineDefinition': knowsNoResources,
};
