import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { PaymentProviderError } from '../payment-errors.ts';

/** Reads a SecureString that an operator stores by hand: a secret in the stack would appear in Terraform's state. */
export function ssmSecret(ssm: SSMClient, name: string): () => Promise<string> {
  return async () => {
    try {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
      if (Parameter?.Value) return Parameter.Value;
    } catch (error) {
      throw new PaymentProviderError(`Stripe's secret key, parameter ${name}: ${(error as Error).name}`);
    }
    throw new PaymentProviderError(`Stripe's secret key, parameter ${name}, is empty`);
  };
}
