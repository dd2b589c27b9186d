import { cancellationReasonsOf } from '#functions/shared/aws/cancellation.ts';
import { TransactWriteCommand, UpdateCommand } from '#functions/shared/aws/document-commands.ts';
import { retryConflicts } from '#functions/shared/aws/retry-conflicts.ts';
import { isConditionalCheckFailed, type Table } from '#functions/shared/aws/table.ts';
import { type Clock, systemClock } from '#functions/shared/clock.ts';
import { TryLaterError } from '#functions/shared/http/client-error.ts';
import { keys, timeToLiveAttribute } from '#schema/table.ts';
import { hashOfKey } from './charge-requests.ts';

/** Every try asks a bank about a card: the limit per customer keeps the service from being used to test stolen cards. */
export interface ChargeLimit {
  /**
   * Counts a charge that is about to be tried; one that comes again with its idempotency key counts once.
   * @throws TooManyChargesError
   */
  admit(customer: string, key: string | undefined): Promise<void>;
}

/** As long as payment providers know an idempotency key: after that it stands for a new charge. */
const keyLifetimeSeconds = 24 * 3600;

/**
 * One item a customer and minute of the clock, whose number is added to while it is below the limit. One
 * transaction counts a request and writes an item for its key: a repetition is not counted again, a refused request leaves no item.
 */
export function dynamoDbChargeLimit({ client, name }: Table, perMinute: number, now: Clock = systemClock): ChargeLimit {
  return {
    async admit(customer, key) {
      const at = now();
      const secondsLeft = 60 - new Date(at).getUTCSeconds();
      const epochSeconds = Math.floor(Date.parse(at) / 1000);
      const count = {
        TableName: name,
        Key: keys.chargeCount(customer, at.slice(0, 'yyyy-mm-ddThh:mm'.length)),
        UpdateExpression: `ADD charges :one SET ${timeToLiveAttribute} = :end`,
        ConditionExpression: 'attribute_not_exists(charges) OR charges < :limit',
        ExpressionAttributeValues: { ':one': 1, ':limit': perMinute, ':end': epochSeconds + secondsLeft },
      };
      const countedOnce = (idempotencyKey: string) => ({
        TableName: name,
        Item: {
          ...keys.countedCharge(customer, hashOfKey(customer, idempotencyKey)),
          [timeToLiveAttribute]: epochSeconds + keyLifetimeSeconds,
        },
        // DynamoDB removes what has expired within days, not at once.
        ConditionExpression: `attribute_not_exists(pk) OR ${timeToLiveAttribute} < :now`,
        ExpressionAttributeValues: { ':now': epochSeconds },
      });
      const write = (): Promise<unknown> =>
        key === undefined
          ? client.send(new UpdateCommand(count))
          : client.send(new TransactWriteCommand({ TransactItems: [{ Put: countedOnce(key) }, { Update: count }] }));
      try {
        await retryConflicts(write);
      } catch (error) {
        const [ofKey, ofCount] = cancellationReasonsOf(error).map(({ Code }) => Code === 'ConditionalCheckFailed');
        if (ofKey === true) return;
        if (ofCount === true || isConditionalCheckFailed(error)) throw new TooManyChargesError(perMinute, secondsLeft);
        throw error;
      }
    },
  };
}

/** The customer has tried too many cards this minute. */
export class TooManyChargesError extends TryLaterError {
  override readonly name = 'TooManyChargesError';
  override readonly status = 429;
  override readonly title = 'Too many charges';

  constructor(perMinute: number, retryAfterSeconds: number) {
    super(`A customer may make ${perMinute} charges a minute: try again in ${retryAfterSeconds} seconds`, {
      retryAfterSeconds,
      cause: undefined,
    });
  }
}
