import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { isConditionalCheckFailed, refusedItem, type Table } from '#functions/shared/table.ts';
import type { BookingRunInput } from '#schema/saga-input.ts';
import { keys, timeToLiveAttribute } from '#schema/table.ts';
import { ticketOf } from './booking-ticket.ts';
import type { RequestStore, StoredRequest } from './request-store.ts';

/**
 * As long as Step Functions remembers an execution's name. A repetition after that meets the header, which is never
 * deleted and refuses a run that started before it.
 */
const lifetimeSeconds = 90 * 24 * 3600;

export function dynamoDbRequestStore({ client, name }: Table): RequestStore {
  return {
    async find(hash) {
      const { Item } = await client.send(
        new GetCommand({ TableName: name, Key: keys.idempotency(hash), ConsistentRead: true }),
      );
      return Item && storedRequest(Item);
    },

    async keep(hash, request) {
      const { fingerprint, run } = request;
      try {
        await client.send(
          new PutCommand({
            TableName: name,
            Item: {
              ...keys.idempotency(hash),
              fingerprint,
              // As text, since one in an error is not unmarshalled below its first level.
              run: JSON.stringify(run),
              [timeToLiveAttribute]: Math.floor(Date.parse(run.started_at) / 1000) + lifetimeSeconds,
            },
            ConditionExpression: 'attribute_not_exists(pk)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return request;
      } catch (error) {
        if (!isConditionalCheckFailed(error)) throw error;
        return storedRequest(refusedItem(error.Item));
      }
    },

    async announce(run) {
      await client.send(
        new PutCommand({
          TableName: name,
          Item: { ...keys.bookingRequest(run.trip_id, run.customer), ...ticketOf(run) },
        }),
      );
    },
  };
}

function storedRequest(item: Record<string, unknown>): StoredRequest {
  return { fingerprint: String(item.fingerprint), run: JSON.parse(String(item.run)) as BookingRunInput };
}
