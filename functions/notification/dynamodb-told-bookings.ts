import { GetCommand, UpdateCommand } from '#functions/shared/aws/document-commands.ts';
import { type Table, unlessRefused } from '#functions/shared/aws/table.ts';
import type { BookingStatus } from '#schema/saga-input.ts';
import { keys, unfinishedShardAttribute } from '#schema/table.ts';
import type { ToldBookings } from './told-bookings.ts';

export function dynamoDbToldBookings({ client, name }: Table): ToldBookings {
  return {
    async standing(tripId) {
      const { Item } = await client.send(
        new GetCommand({
          TableName: name,
          Key: keys.booking(tripId),
          ProjectionExpression: `execution_id, #status, replaces, ${unfinishedShardAttribute}`,
          ExpressionAttributeNames: { '#status': 'status' },
          ConsistentRead: true,
        }),
      );
      if (Item === undefined) return undefined;
      return {
        executionId: String(Item.execution_id),
        status: Item.status as BookingStatus,
        ...(Item.replaces === undefined ? {} : { replaces: String(Item.replaces) }),
        isUnfinished: unfinishedShardAttribute in Item,
      };
    },

    async told({ trip_id, execution_id }, status) {
      await unlessRefused(() =>
        client.send(
          new UpdateCommand({
            TableName: name,
            Key: keys.booking(trip_id),
            // Not `updatedAt`: clients see it, and nothing that they see has changed.
            UpdateExpression: `REMOVE ${unfinishedShardAttribute}`,
            ConditionExpression:
              'execution_id = :execution AND #status = :told AND (#status = :cancelled OR attribute_not_exists(cancelRequestedAt))',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ':execution': execution_id, ':told': status, ':cancelled': 'CANCELLED' },
          }),
        ),
      );
    },
  };
}
