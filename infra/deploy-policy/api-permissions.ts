import { anywhere, apis, type Grant, logDelivery, userPools } from './grant.ts';

const apiPart: Grant = {
  read: ['apigateway:GET'],
  write: ['apigateway:DELETE', 'apigateway:PATCH', 'apigateway:POST'],
  on: apis('/apis/*'),
};

/** The HTTP API and its sign-in. */
export const apiPermissions: Readonly<Record<string, readonly Grant[]>> = {
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
};
