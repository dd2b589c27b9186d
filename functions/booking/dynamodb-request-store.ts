import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type Clock, systemClock } from '#functions/shared/clock.ts';
import { isConditionalCheckFailed, refusedItem, type Table } from '#functions/shared/table.ts';
import type { BookingRunInput } from '#schema/saga-input.ts';
import { keys, timeToLiveAttribute } from '#schema/table.ts';
import { ticketOf } from './booking-ticket.ts';
import type { RequestStore, StoredRequest } from './request-store.ts';

/**
 * As long as Step Functions remembers an execution's name. A repetition after that is answered from the header, which is
 * never deleted and names the run that made it: nothing is started for one that has been.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const lifetimeSeconds = 90 * 24 * 3600;

const epochSeconds = (time: string): number => Math.floor(Date.parse(time) / 1000);

export function dynamoDbRequestStore({ client, name }: Table, now: Clock = systemClock): RequestStore {
  return {
    async find(hash) {
      const { Item } = await client.send(
        new GetCommand({ TableName: name, Key: keys.idempotency(hash), ConsistentRead: true }),
      );
      // DynamoDB removes items days after they have lapsed.
      const isThere = Item !== undefined && Number(Item[timeToLiveAttribute]) > epochSeconds(now());
      return isThere ? storedRequest(Item) : undefined;
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
