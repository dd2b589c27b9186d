import { type ComputedTypes, generatedName, same } from './computed.ts';

export const stepFunctions: ComputedTypes = {
  aws_sfn_state_machine: {
    name: generatedName,
    arn: (context) => `arn:aws:states:${context.region}:${context.accountId}:stateMachine:${context.get('name')}`,
    id: same('arn'),
    status: () => 'ACTIVE',
  },
};
