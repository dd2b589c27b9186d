import type { QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { GetCommand, QueryCommand } from '#functions/shared/aws/document-commands.ts';
import type { Table } from '#functions/shared/aws/table.ts';
import { indexes, keys, partitionKey, unfinishedShardAttribute, unfinishedShards } from '#schema/table.ts';
import type { ReconcilerStore, UnfinishedHeader } from './reconcile.ts';

export function dynamoDbReconcilerStore({ client, name }: Table): ReconcilerStore {
  return {
    async unfinishedBefore(updatedAt) {
      const found: string[] = [];
      for (const shard of unfinishedShards) {
        let ExclusiveStartKey: Record<string, unknown> | undefined;
        do {
          const { Items = [], LastEvaluatedKey }: QueryCommandOutput = await client.send(
            new QueryCommand({
              TableName: name,
              IndexName: indexes.byUnfinished.name,
              KeyConditionExpression: `${unfinishedShardAttribute} = :shard AND updatedAt < :before`,
              ProjectionExpression: partitionKey,
              ExpressionAttributeValues: { ':shard': shard, ':before': updatedAt },
              ExclusiveStartKey,
            }),
          );
          for (const item of Items) found.push(String(item[partitionKey]));
          ExclusiveStartKey = LastEvaluatedKey;
        } while (ExclusiveStartKey !== undefined);
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
