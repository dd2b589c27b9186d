import { Construct, DataAwsCallerIdentity } from '../cdktf.ts';
import type { StageConfig } from '../config.ts';

/**
 * Names the SecureString that holds Stripe's secret key. It is put there by hand, so that neither the stack nor
 * Terraform's state knows the key; the name is the airline sample's.
 */
export class StripeSecret extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly apiBase: string | undefined;

  constructor(scope: Construct, id: string, { stage, region, stripeApiBase }: StageConfig) {
    super(scope, id);
    this.name = `/${stage}/service/payment/stripe/secretKey`;
    const { accountId } = new DataAwsCallerIdentity(this, 'Account');
    this.arn = `arn:aws:ssm:${region}:${accountId}:parameter${this.name}`;
    this.apiBase = stripeApiBase;
  }
}
