import type { z } from 'zod/mini';
import { type ChargeAuthorizer, newRequestId } from '#functions/payment/charge-authorizer.ts';
import type { ChargeLimit } from '#functions/payment/charge-limit.ts';
import {
  ChargeRequestConflictError,
  InvalidChargeError,
  PaymentDeclinedError,
} from '#functions/payment/payment-errors.ts';
import { callerOf } from '#functions/shared/http/caller.ts';
import { ClientError } from '#functions/shared/http/client-error.ts';
import { nothingElse } from '#functions/shared/http/nothing-else.ts';
import { IdempotencyKey } from '#schema/http/bookings.ts';
import { CreateCharge, type CreatedCharge } from '#schema/http/charges.ts';
import { jsonResponse } from './http-handler.ts';
import { RequestError } from './problem.ts';
import { readBody, readHeader } from './read-request.ts';
import type { RestRequest, RestRoutes } from './rest-handler.ts';

export function chargeRoutes(authorizer: ChargeAuthorizer, limit: ChargeLimit): RestRoutes {
  return {
    'POST /payments/charges': {
      operation: 'createCharge',
      takesBody: true,
      run: (request) => createCharge(request, authorizer, limit),
    },
  };
}

async function createCharge({ event }: RestRequest, { gateway, requestIdOf }: ChargeAuthorizer, limit: ChargeLimit) {
  const { sub: customer } = callerOf(event);
  const key = readHeader(event, 'Idempotency-Key', IdempotencyKey);
  const { amount, currency, stripeToken: cardToken, description, email, ...rest } = readBody(event, CreateCharge);
  nothingElse(rest);
  await limit.admit(customer, key);
  // Two decimals at most, so rounding only mends what binary fractions do to them.
  const money = { amountMinor: Math.round(amount * 100), currency: currency.toUpperCase() };
  try {
    const asked = [money.amountMinor, money.currency, cardToken, description ?? null, email ?? null];
    const requestId = key === undefined ? newRequestId() : await requestIdOf(customer, key, asked);
    const id = await gateway.authorize({ requestId, cardToken, customer, description, email }, money);
    const answer: z.infer<typeof CreatedCharge> = { createdCharge: { id } };
    return jsonResponse(200, answer);
  } catch (error) {
    if (error instanceof PaymentDeclinedError) throw new CardDeclinedError(error.message);
    if (error instanceof InvalidChargeError) {
      const field = error.field === 'cardToken' ? 'stripeToken' : error.field;
      throw new RequestError(422, 'Charge refused', `Field "${field}" ${error.message}`, field);
    }
    if (error instanceof ChargeRequestConflictError) throw new ChargeKeyConflictError();
    throw error;
  }
}

/** The card pays nothing; another one may. */
export class CardDeclinedError extends ClientError {
  override readonly name = 'CardDeclinedError';
  override readonly status = 402;
  override readonly title = 'Card declined';

  constructor(reason: string) {
    super(`${reason}: use another card`, 'stripeToken');
  }
}

/** The idempotency key was used for another charge. */
export class ChargeKeyConflictError extends ClientError {
  override readonly name = 'ChargeKeyConflictError';
  override readonly status = 422;
  override readonly title = 'Idempotency key used for another charge';

  constructor() {
    super(
      'This idempotency key was sent with another charge before: repeat that one as it was, or use a new key',
      'Idempotency-Key',
    );
  }
}
