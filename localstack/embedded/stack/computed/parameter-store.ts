import { type ComputedTypes, same } from './computed.ts';

export const parameterStore: ComputedTypes = {
  aws_ssm_parameter: {
    id: same('name'),
    arn: (context) =>
      `arn:aws:ssm:${context.region}:${context.accountId}:parameter/${context.get('name').replace(/^\//, '')}`,
    version: () => 1,
    data_type: () => 'text',
  },
};
