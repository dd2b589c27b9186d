import { GetCommand, paginateQuery, paginateScan, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Table, unlessRefused } from '#functions/shared/table.ts';
import type { BookingStatus } from '#schema/saga-input.ts';
import { indexes, keys, partitionKey, unfinishedShardAttribute, unfinishedShards } from '#schema/table.ts';
import type { ReconcilerStore } from './reconcile.ts';

export function dynamoDbReconcilerStore({ client, name }: Table): ReconcilerStore {
  return {
    async unfinishedBefore(updatedAt) {
      const found = [];
      for (const shard of unfinishedShards) {
        const pages = paginateQuery(
          { client },
          {
            TableName: name,
            IndexName: indexes.byUnfinished.name,
            KeyConditionExpression: `${unfinishedShardAttribute} = :shard AND updatedAt < :before`,
            ExpressionAttributeValues: { ':shard': shard, ':before': updatedAt },
          },
        );
        for await (const page of pages) {
          for (const item of page.Items ?? []) {
            found.push({ tripId: String(item[partitionKey]), executionId: String(item.execution_id) });
          }
        }
      }
      return found;
    },

    async flightIds() {
      const ids = [];
      const pages = paginateScan(
        { client },
        { TableName: name, IndexName: indexes.byDepartureSchedule.name, ProjectionExpression: 'id' },
      );
      for await (const page of pages) for (const item of page.Items ?? []) ids.push(String(item.id));
      return ids;
    },

    async seatHolds(flightId) {
      const { Item } = await client.send(
        new GetCommand({
          TableName: name,
          Key: keys.flightInventory(flightId),
          ProjectionExpression: 'seatHolds',
          ConsistentRead: true,
        }),
      );
      return [...((Item?.seatHolds as Set<string> | undefined) ?? [])];
    },

    async header(tripId) {
      const { Item } = await client.send(
        new GetCommand({
          TableName: name,
          Key: keys.booking(tripId),
          ProjectionExpression: 'execution_id, #status',
          ExpressionAttributeNames: { '#status': 'status' },
          ConsistentRead: true,
        }),
      );
      if (Item === undefined) return undefined;
      return { executionId: String(Item.execution_id), status: Item.status as BookingStatus };
    },

    async releaseSeat(flightId, hold) {
      const released = await unlessRefused(() =>
        client.send(
          new UpdateCommand({
            TableName: name,
            Key: keys.flightInventory(flightId),
            UpdateExpression: 'SET seatCapacity = seatCapacity + :one DELETE seatHolds :holds',
            ConditionExpression: 'contains(seatHolds, :hold)',
            ExpressionAttributeValues: { ':one': 1, ':hold': hold, ':holds': new Set([hold]) },
          }),
        ),
      );
      return released !== undefined;
    },
  };
}
