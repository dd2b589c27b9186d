import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { createClient } from '#functions/shared/aws/aws-client.ts';
import { requiredText } from '#functions/shared/aws/config.ts';
import type { SagaStarter } from './saga-starter.ts';

export function stepFunctionsClient(): SFNClient {
  return createClient(SFNClient);
}

/** Starts this environment's state machine; called once, at load. */
export function sfnSagaStarter(client: SFNClient): SagaStarter {
  const stateMachineArn = requiredText('STATE_MACHINE_ARN');
  return {
    async start(name, input) {
      const started = await client.send(
        new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
      );
      if (started.executionArn === undefined) throw new Error('StartExecution answered without an execution ARN');
      return started.executionArn;
    },
  };
}
