import { GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Table } from '#functions/shared/aws/table.ts';
import { indexes, keys, partitionKey, unfinishedShardAttribute, unfinishedShards } from '#schema/table.ts';
import type { ReconcilerStore, UnfinishedHeader } from './reconcile.ts';

export function dynamoDbReconcilerStore({ client, name }: Table): ReconcilerStore {
  return {
    async unfinishedBefore(updatedAt) {
      const found: string[] = [];
      for (const shard of unfinishedShards) {
        const pages = paginateQuery(
          { client },
          {
            TableName: name,
            IndexName: indexes.byUnfinished.name,
            KeyConditionExpression: `${unfinishedShardAttribute} = :shard AND updatedAt < :before`,
            ProjectionExpression: partitionKey,
            ExpressionAttributeValues: { ':shard': shard, ':before': updatedAt },
          },
        );
        for await (const page of pages) {
          for (const item of page.Items ?? []) found.push(String(item[partitionKey]));
        }
      }
      return found;
    },

    async header(tripId) {
      const { Item } = await client.send(
        new GetCommand({ TableName: name, Key: keys.booking(tripId), ConsistentRead: true }),
      );
      if (Item === undefined) return undefined;
      const { [unfinishedShardAttribute]: shard, ...header } = Item;
      return { ...header, isUnfinished: shard !== undefined } as UnfinishedHeader;
    },
  };
}
