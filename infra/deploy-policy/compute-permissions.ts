import {
  anywhere,
  eventSourceMappings,
  type Grant,
  lambdas,
  logDelivery,
  named,
  ofOurFunctions,
  roles,
} from './grant.ts';

/** Functions, the state machine and their roles. */
export const computePermissions: Readonly<Record<string, readonly Grant[]>> = {
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
      // Needed to make a function or a state machine with a role:
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
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
};
