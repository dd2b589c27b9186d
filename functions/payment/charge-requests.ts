import { createHash } from 'node:crypto';
import { PutCommand } from '#functions/shared/aws/document-commands.ts';
import { isConditionalCheckFailed, refusedItem, type Table } from '#functions/shared/aws/table.ts';
import { type Clock, systemClock } from '#functions/shared/clock.ts';
import { fingerprintOf } from '#functions/shared/http/fingerprint.ts';
import { keys, timeToLiveAttribute } from '#schema/table.ts';
import { newRequestId } from './charge-authorizer.ts';
import { ChargeRequestConflictError } from './payment-errors.ts';

/** As long as Stripe keeps idempotency keys. */
const lifetimeSeconds = 24 * 3600;

/** Stands for a customer's key at a payment provider: unique to the customer, and not a secret. */
export function hashOfKey(customer: string, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify(['charge', customer, key]))
    .digest('base64url');
}

/**
 * The id of the request that first came with a customer's key. It is the ledger's token, which must not be guessable. A
 * client's key may be as short as "1", so the id is random and stored.
 * @throws ChargeRequestConflictError where that request was another one
 */
export async function rememberedRequestId(
  { client, name }: Table,
  customer: string,
  key: string,
  request: unknown,
  now: Clock = systemClock,
): Promise<string> {
  const requestId = newRequestId();
  const fingerprint = fingerprintOf(request);
  const second = Math.floor(Date.parse(now()) / 1000);
  try {
    await client.send(
      new PutCommand({
        TableName: name,
        Item: {
          ...keys.idempotency(hashOfKey(customer, key)),
          charge_request: requestId,
          fingerprint,
          [timeToLiveAttribute]: second + lifetimeSeconds,
        },
        // DynamoDB removes items days after they have lapsed.
        ConditionExpression: 'attribute_not_exists(pk) OR #expiresAt <= :now',
        ExpressionAttributeNames: { '#expiresAt': timeToLiveAttribute },
        ExpressionAttributeValues: { ':now': second },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return requestId;
  } catch (error) {
    if (!isConditionalCheckFailed(error)) throw error;
    const kept = refusedItem(error.Item);
    if (kept.fingerprint !== fingerprint) throw new ChargeRequestConflictError('This key came with another charge');
    return String(kept.charge_request);
  }
}
