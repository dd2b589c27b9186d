import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { type StageName, stateMachineParameter } from '../config.ts';

/** The ARN that the stack has published. @throws Error where it has none */
export async function stateMachineArnOf(
  { ssm }: { readonly ssm: SSMClient },
  stage: { readonly stage: StageName },
): Promise<string> {
  const Name = stateMachineParameter(stage);
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
  if (Parameter?.Value === undefined) throw new Error(`the parameter ${Name} has no value`);
  return Parameter.Value;
}
