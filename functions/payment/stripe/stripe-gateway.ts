import type Stripe from 'stripe';
import { SagaError } from '#functions/shared/saga/saga-error.ts';
import {
  type ChargeField,
  ChargeRequestConflictError,
  InvalidChargeError,
  PaymentDeclinedError,
  PaymentProviderError,
} from '../payment-errors.ts';
import type { PaymentGateway } from '../payment-gateway.ts';
import { captureKeyField, customerField, mustCapture, undoOf } from './decisions.ts';
import type { StripeCall } from './stripe-call.ts';
import { isChargeable, stripeAmount } from './stripe-money.ts';

/** Tokens come from clients: anything else is no intent of Stripe's, and Stripe is not asked. */
const intentId = /^pi_[A-Za-z0-9]{1,200}$/;

/** How often to read the intent again after a concurrent change. */
const maxLooks = 3;

/**
 * Stripe's PaymentIntents: authorized with manual capture, captured once, refunded or cancelled. What has happened is
 * read from the intent itself: Stripe forgets idempotency keys after a day, and until then repeats its first answer
 * even where the charge was refunded since.
 */
export function stripeGateway(call: StripeCall): PaymentGateway {
  const read = async (token: string): Promise<Stripe.PaymentIntent | undefined> => {
    if (!intentId.test(token)) return undefined;
    try {
      return await call((stripe) => stripe.paymentIntents.retrieve(token, { expand: ['latest_charge'] }));
    } catch (error) {
      if (codeOf(error) === 'resource_missing') return undefined;
      throw error;
    }
  };

  /** Reads the intent and acts on it until nothing is left to do. */
  const settle = async (
    token: string,
    act: (intent: Stripe.PaymentIntent | undefined) => Promise<'done' | 'look again'>,
  ) => {
    for (let look = 1; look <= maxLooks; look++) {
      if ((await act(await read(token))) === 'done') return;
    }
    throw new PaymentProviderError('The charge keeps changing under our hands: try again later');
  };

  return {
    authorize: ({ requestId, cardToken, customer, description, email }, money) =>
      translated(async () => {
        if (!isChargeable(money))
          throw new InvalidChargeError('amount', `must be whole: ${money.currency} has no decimals`);
        const { id } = await call((stripe) =>
          stripe.paymentIntents.create(
            {
              amount: stripeAmount(money),
              currency: money.currency.toLowerCase(),
              capture_method: 'manual',
              confirm: true,
              // The saga runs without the customer, so no bank check (3-D Secure) can be answered.
              error_on_requires_action: true,
              automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
              payment_method_data: cardOf(cardToken),
              metadata: { [customerField]: customer },
              ...(description === undefined ? {} : { description }),
              ...(email === undefined ? {} : { receipt_email: email }),
            },
            { idempotencyKey: requestId },
          ),
        );
        return id;
      }),

    capture: ({ token, ...payment }, money) =>
      translated(() =>
        settle(token, async (intent) => {
          const key = payment.idempotencyKey;
          if (!mustCapture(intent, payment, money)) return 'done';
          const capture = { amount_to_capture: stripeAmount(money), metadata: { [captureKeyField]: key } };
          return unlessChanged(() =>
            call((stripe) => stripe.paymentIntents.capture(token, capture, { idempotencyKey: key })),
          );
        }),
      ),

    refundOrVoid: ({ token, ...payment }) =>
      translated(() =>
        settle(token, async (intent) => {
          const undo = undoOf(intent, payment);
          if (undo === 'nothing') return 'done';
          if (undo === 'cancel') return unlessChanged(() => call((stripe) => stripe.paymentIntents.cancel(token)));
          return unlessChanged(async () => {
            const { status } = await call((stripe) =>
              stripe.refunds.create({ payment_intent: token }, { idempotencyKey: `${payment.idempotencyKey}#refund` }),
            );
            if (status === 'failed' || status === 'canceled') throw new PaymentProviderError(`The refund is ${status}`);
          });
        }),
      ),
  };
}

/** Another call changed the intent first: decide again from its new state. */
async function unlessChanged(change: () => Promise<unknown>): Promise<'done' | 'look again'> {
  try {
    await change();
    return 'done';
  } catch (error) {
    if (['payment_intent_unexpected_state', 'charge_already_refunded'].includes(codeOf(error))) return 'look again';
    throw error;
  }
}

/** A form's token goes into the card, which Stripe's types leave out: they would also invite raw card numbers. */
const cardOf = (token: string): Stripe.PaymentIntentCreateParams.PaymentMethodData =>
  ({ type: 'card', card: { token } }) as unknown as Stripe.PaymentIntentCreateParams.PaymentMethodData;

const codeOf = (error: unknown): string => String((error as Partial<Stripe.errors.StripeError>).code);

/** What a client chose of a request, by Stripe's names. */
const fields: Readonly<Record<string, ChargeField>> = {
  amount: 'amount',
  currency: 'currency',
  'payment_method_data[card][token]': 'cardToken',
  description: 'description',
  receipt_email: 'email',
};

/** Stripe's errors hold card and customer; ours say what a person needs to look it up there. */
async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SagaError || error instanceof PaymentProviderError || error instanceof InvalidChargeError)
      throw error;
    const { rawType, code, decline_code, param, requestId, message } = error as Stripe.errors.StripeError;
    if (rawType === 'card_error') throw new PaymentDeclinedError(`The card was declined: ${decline_code ?? code}`);
    if (rawType === 'idempotency_error') throw new ChargeRequestConflictError('This id stands for another charge');
    if (code === 'resource_missing' || code === 'token_already_used') {
      throw new PaymentDeclinedError('The card token is unknown, or was used before');
    }
    const field = rawType === 'invalid_request_error' ? fields[param ?? ''] : undefined;
    if (field !== undefined) throw new InvalidChargeError(field, `is not taken by the payment provider: ${code}`);
    throw new PaymentProviderError(
      rawType === undefined ? `Stripe: ${message}` : `Stripe: ${rawType} ${code ?? ''} (request ${requestId})`,
    );
  }
}
