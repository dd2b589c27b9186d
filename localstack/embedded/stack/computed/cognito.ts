import { type ComputedTypes, same, stableId } from './computed.ts';

export const cognito: ComputedTypes = {
  aws_cognito_user_group: { id: (context) => `${context.get('user_pool_id')}/${context.get('name')}` },
  aws_cognito_user_pool: {
    id: ({ address, region }) => `${region}_${stableId(address, 9)}`,
    arn: (context) => `arn:aws:cognito-idp:${context.region}:${context.accountId}:userpool/${context.get('id')}`,
    /** Without `https://`, as the provider has it. */
    endpoint: (context) => `cognito-idp.${context.region}.amazonaws.com/${context.get('id')}`,
  },
  aws_cognito_user_pool_client: {
    id: ({ address }) => stableId(address, 26),
    client_secret: ({ address, optional }) =>
      optional('generate_secret') === 'true' ? stableId(`${address} secret`, 51) : undefined,
  },
  aws_cognito_user_pool_domain: { id: same('domain') },
};
