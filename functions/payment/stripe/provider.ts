import { SSMClient } from '@aws-sdk/client-ssm';
import { createClient } from '#functions/shared/aws/aws-client.ts';
import { optionalText, requiredText } from '#functions/shared/aws/config.ts';
import type { Table } from '#functions/shared/aws/table.ts';
import type { ChargeAuthorizer } from '../charge-authorizer.ts';
import { hashOfKey } from '../charge-requests.ts';
import type { PaymentGateway } from '../payment-gateway.ts';
import { ssmSecret } from './ssm-secret.ts';
import { stripeCall } from './stripe-call.ts';
import { stripeGateway } from './stripe-gateway.ts';

/** `#payment-provider` of bundles for stages that pay through Stripe; it keeps nothing in the table. */
export function paymentGateway(_table?: Table): PaymentGateway {
  return stripeGateway(
    stripeCall({
      secretKey: ssmSecret(createClient(SSMClient), requiredText('STRIPE_SECRET_PARAMETER')),
      apiBase: optionalText('STRIPE_API_BASE'),
    }),
  );
}

export function chargeAuthorizer(_table?: Table): ChargeAuthorizer {
  return {
    gateway: paymentGateway(),
    // Stripe's idempotency key; the charge's own id is Stripe's.
    requestIdOf: async (customer, key) => `charge-${hashOfKey(customer, key)}`,
  };
}
