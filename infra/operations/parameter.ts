import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { StageName } from '../config.ts';

/**
 * The value of a parameter that the stack writes.
 * @param path below the stage's services, as in `booking/statemachine/processBooking`
 */
export async function parameterOf(
  { ssm }: { readonly ssm: SSMClient },
  { stage }: { readonly stage: StageName },
  path: string,
): Promise<string> {
  const Name = `/${stage}/service/${path}`;
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
  if (Parameter?.Value === undefined) throw new Error(`the parameter ${Name} has no value`);
  return Parameter.Value;
}
