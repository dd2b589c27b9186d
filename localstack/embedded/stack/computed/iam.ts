import { type ComputedTypes, generatedName, same, stableId } from './computed.ts';

export const iam: ComputedTypes = {
  aws_iam_role: {
    name: generatedName,
    id: same('name'),
    arn: (context) => `arn:aws:iam::${context.accountId}:role${context.optional('path') ?? '/'}${context.get('name')}`,
    unique_id: ({ address }) => `AROA${stableId(address, 17).toUpperCase()}`,
  },
  aws_iam_role_policy: {
    name: generatedName,
    id: (context) => `${context.get('role')}:${context.get('name')}`,
  },
};
