import type { Booking } from '#functions/booking/booking.ts';
import { UpdateCommand } from '#functions/shared/aws/document-commands.ts';
import { isConditionalCheckFailed, refusedItem, type Table } from '#functions/shared/aws/table.ts';
import type { Clock } from '#functions/shared/clock.ts';
import { keys, unfinishedShardAttribute, unfinishedShardOf } from '#schema/table.ts';

/**
 * Shows a confirmed booking as being cancelled until the cancel run's first step has fenced it, and puts it where the
 * reconciler finds it if that run never gets there.
 * @returns whether the booking is marked now; not where it was fenced or made anew meanwhile
 */
export type CancellationMarker = (booking: Pick<Booking, 'id' | 'execution_id'>) => Promise<boolean>;

/** Attributes beside those that the saga goes by; a mark that stands keeps its time, which is what the reconciler waits for. */
export function dynamoDbCancellationMarker({ client, name }: Table, now: Clock): CancellationMarker {
  return async ({ id, execution_id }) => {
    try {
      await client.send(
        new UpdateCommand({
          TableName: name,
          Key: keys.booking(id),
          UpdateExpression: `SET cancelRequestedAt = if_not_exists(cancelRequestedAt, :now), updatedAt = :now, ${unfinishedShardAttribute} = :shard`,
          ConditionExpression: `#status = :confirmed AND execution_id = :execution
            AND (attribute_not_exists(cancelRequestedAt) OR attribute_not_exists(${unfinishedShardAttribute}))`,
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':now': now(),
            ':confirmed': 'CONFIRMED',
            ':execution': execution_id,
            ':shard': unfinishedShardOf(id),
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return true;
    } catch (error) {
      if (!isConditionalCheckFailed(error)) throw error;
      const stands = refusedItem(error.Item);
      return stands.status === 'CONFIRMED' && stands.execution_id === execution_id;
    }
  };
}
