import { PutCommand, UpdateCommand } from '#functions/shared/aws/document-commands.ts';
import { isConditionalCheckFailed, refusedItem, type Table } from '#functions/shared/aws/table.ts';
import { type Clock, systemClock } from '#functions/shared/clock.ts';
import { keys } from '#schema/table.ts';
import {
  ChargeClosedError,
  ChargeRequestConflictError,
  PaymentDeclinedError,
  unknownCharge,
} from './payment-errors.ts';
import type { PaymentGateway } from './payment-gateway.ts';

/** Stripe's test cards that are declined have such tokens, so that a client can try it here as there. */
const declinedCard = /^tok_chargeDeclined/;

/** An unused authorization lapses, as with card networks; DynamoDB's TTL removes it. */
const authorizationLifetimeSeconds = 7 * 24 * 3600;
/** The tombstone of a charge that was voided before its authorization outlives every run that may still ask for it. */
const tombstoneLifetimeSeconds = 90 * 24 * 3600;

/**
 * The built-in gateway: one ledger item per charge token, in a partition of its own, whose `charge_status` goes
 * authorized → captured → refunded or authorized → voided, and never back. All amounts are minor units.
 */
export function ledgerGateway({ client, name }: Table, now: Clock = systemClock): PaymentGateway {
  const expiry = (lifetimeSeconds: number): number => Math.floor(Date.parse(now()) / 1000) + lifetimeSeconds;

  const update = async (
    token: string,
    expression: string,
    condition: string,
    values: Record<string, unknown>,
  ): Promise<'done' | Record<string, unknown>> => {
    try {
      await client.send(
        new UpdateCommand({
          TableName: name,
          Key: keys.charge(token),
          UpdateExpression: expression,
          ConditionExpression: condition,
          ExpressionAttributeValues: values,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return 'done';
    } catch (error) {
      if (!isConditionalCheckFailed(error)) throw error;
      return refusedItem(error.Item);
    }
  };

  const refundOrVoid: PaymentGateway['refundOrVoid'] = async ({ token, customer, idempotencyKey }) => {
    const refunded = await update(
      token,
      'SET charge_status = :refunded, refunded_minor = captured_minor, updatedAt = :now',
      'charge_status = :captured AND capture_key = :key',
      { ':refunded': 'refunded', ':captured': 'captured', ':key': idempotencyKey, ':now': now() },
    );
    if (refunded === 'done' || isSettled(refunded.charge_status) || !customer) return;
    const voided =
      refunded.charge_status === undefined
        ? await update(
            token,
            'SET charge_status = :voided, customer = :customer, updatedAt = :now, expiresAt = :expiry',
            'attribute_not_exists(pk)',
            {
              ':voided': 'voided',
              ':customer': customer,
              ':now': now(),
              ':expiry': expiry(tombstoneLifetimeSeconds),
            },
          )
        : await update(
            token,
            'SET charge_status = :voided, updatedAt = :now REMOVE expiresAt',
            'charge_status = :authorized AND customer = :customer',
            { ':voided': 'voided', ':authorized': 'authorized', ':customer': customer, ':now': now() },
          );
    if (voided === 'done') return;
    // A capture came in between the two writes: with our key it has to go back, with another it is not ours. So may the
    // authorization of a charge that was unknown, or DynamoDB may have removed one that had lapsed.
    const isOurs = voided.charge_status === 'captured' && voided.capture_key === idempotencyKey;
    const hasCome = refunded.charge_status === undefined && voided.charge_status === 'authorized';
    if (isOurs || hasCome || voided.charge_status === undefined) {
      await refundOrVoid({ token, customer, idempotencyKey });
    }
  };

  return {
    async authorize({ requestId: token, cardToken, customer }, { amountMinor, currency }) {
      if (declinedCard.test(cardToken)) throw new PaymentDeclinedError('The card was declined');
      try {
        await client.send(
          new PutCommand({
            TableName: name,
            Item: {
              ...keys.charge(token),
              token,
              customer,
              charge_status: 'authorized',
              authorized_minor: amountMinor,
              captured_minor: 0,
              refunded_minor: 0,
              currency,
              updatedAt: now(),
              expiresAt: expiry(authorizationLifetimeSeconds),
            },
            // A tombstone left by another customer's void must not block this authorization.
            ConditionExpression:
              'attribute_not_exists(pk) OR (attribute_not_exists(authorized_minor) AND customer <> :customer)',
            ExpressionAttributeValues: { ':customer': customer },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
      } catch (error) {
        if (!isConditionalCheckFailed(error)) throw error;
        const entry = refusedItem(error.Item);
        if (entry.authorized_minor === undefined)
          throw new PaymentDeclinedError('The charge was voided before it came');
        if (entry.customer !== customer) throw new ChargeRequestConflictError('This id stands for another charge');
        if (entry.authorized_minor !== amountMinor || entry.currency !== currency) {
          throw new ChargeRequestConflictError('This id stands for a charge of another amount or currency');
        }
      }
      return token;
    },

    async capture({ token, customer, idempotencyKey }, { amountMinor, currency }) {
      const refused = await update(
        token,
        'SET charge_status = :captured, capture_key = :key, captured_minor = :amount, updatedAt = :now REMOVE expiresAt',
        'charge_status = :authorized AND customer = :customer AND authorized_minor >= :amount AND currency = :currency',
        {
          ':captured': 'captured',
          ':authorized': 'authorized',
          ':customer': customer,
          ':key': idempotencyKey,
          ':amount': amountMinor,
          ':currency': currency,
          ':now': now(),
        },
      );
      if (refused === 'done') return;
      const { charge_status: status, capture_key: key } = refused;
      if (status === undefined || refused.customer !== customer) throw unknownCharge();
      if (status === 'captured' && key === idempotencyKey) return;
      if (status === 'voided' || status === 'refunded') throw new ChargeClosedError(`Payment token was ${status}`);
      if (status === 'captured') throw new PaymentDeclinedError('Payment token paid for something else');
      throw new PaymentDeclinedError('Payment token is authorized for less, or in another currency');
    },

    refundOrVoid,
  };
}

const isSettled = (status: unknown): boolean => status === 'refunded' || status === 'voided';
