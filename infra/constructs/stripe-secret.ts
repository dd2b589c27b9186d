import { Construct, DataAwsCallerIdentity } from '../cdktf.ts';
import type { StageConfig } from '../config.ts';

/** The name is the airline sample's. */
export const stripeKeyParameter = ({ stage }: { readonly stage: string }): string =>
  `/${stage}/service/payment/stripe/secretKey`;

/**
 * Names the SecureString that holds Stripe's secret key. It is put there by hand, so that neither the stack nor
 * Terraform's state knows the key.
 */
export class StripeSecret extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly apiBase: string | undefined;

  constructor(scope: Construct, id: string, { stage, region, stripeApiBase }: StageConfig) {
    super(scope, id);
    this.name = stripeKeyParameter({ stage });
    const { accountId } = new DataAwsCallerIdentity(this, 'Account');
    this.arn = `arn:aws:ssm:${region}:${accountId}:parameter${this.name}`;
    this.apiBase = stripeApiBase;
  }
}
