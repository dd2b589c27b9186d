import { GetCommand, PutCommand } from '#functions/shared/aws/document-commands.ts';
import { isConditionalCheckFailed, refusedItem, type Table } from '#functions/shared/aws/table.ts';
import { type Clock, systemClock } from '#functions/shared/clock.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import { type Key, keys, timeToLiveAttribute } from '#schema/table.ts';
import { pendingBookingOf } from './pending-booking.ts';
import type { RequestStore, StoredRequest } from './request-store.ts';

/**
 * As long as Step Functions remembers an execution's name. A repetition after that is answered from the header, which is
 * never deleted and names the run that made it: nothing is started for one that has been.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const lifetimeSeconds = 90 * 24 * 3600;

const epochSeconds = (time: string): number => Math.floor(Date.parse(time) / 1000);

export function dynamoDbRequestStore({ client, name }: Table, now: Clock = systemClock): RequestStore {
  /** DynamoDB removes items days after they have lapsed. */
  const live = async (key: Key): Promise<Record<string, unknown> | undefined> => {
    const { Item } = await client.send(new GetCommand({ TableName: name, Key: key, ConsistentRead: true }));
    return Item !== undefined && Number(Item[timeToLiveAttribute]) > epochSeconds(now()) ? Item : undefined;
  };
  const find: RequestStore['find'] = async (hash) => {
    const item = await live(keys.idempotency(hash));
    return item && storedRequest(item);
  };

  return {
    find,

    async storeFirst(hash, request) {
      const { fingerprint, run, after } = request;
      try {
        await client.send(
          new PutCommand({
            TableName: name,
            Item: {
              ...keys.idempotency(hash),
              fingerprint,
              // As text, since one in an error is not unmarshalled below its first level.
              run: JSON.stringify(run),
              ...(after === undefined ? {} : { after }),
              [timeToLiveAttribute]: epochSeconds(run.started_at) + lifetimeSeconds,
            },
            ConditionExpression: 'attribute_not_exists(pk) OR #expiresAt <= :now',
            ExpressionAttributeNames: { '#expiresAt': timeToLiveAttribute },
            ExpressionAttributeValues: { ':now': epochSeconds(now()) },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return request;
      } catch (error) {
        if (!isConditionalCheckFailed(error)) throw error;
        return storedRequest(refusedItem(error.Item));
      }
    },

    async putPending(run, origin = {}) {
      await client.send(
        new PutCommand({
          TableName: name,
          Item: { ...keys.bookingRequest(run.trip_id, run.customer), ...pendingBookingOf(run, origin) },
        }),
      );
    },

    async findByPending(id, customer) {
      const pending = await live(keys.bookingRequest(id, customer));
      return pending?.request === undefined ? undefined : find(String(pending.request));
    },
  };
}

function storedRequest(item: Record<string, unknown>): StoredRequest {
  return {
    fingerprint: String(item.fingerprint),
    run: JSON.parse(String(item.run)) as BookingRunInput,
    ...(item.after === undefined ? {} : { after: String(item.after) }),
  };
}
