/** Bookings that are not at their end, the longest unchanged first. */
import { indexes, unfinishedShardAttribute, unfinishedShards } from '#schema/table.ts';
import type { UnfinishedRow } from '../../model/trouble.ts';
import { type TableReader, textOf } from '../data/table-reader.ts';

const mostOfShard = 100;

export async function unfinishedOf(table: TableReader): Promise<UnfinishedRow[]> {
  const pages = await Promise.all(
    unfinishedShards.map((shard) =>
      table.query(
        {
          IndexName: indexes.byUnfinished.name,
          KeyConditionExpression: '#shard = :shard',
          ExpressionAttributeNames: { '#shard': unfinishedShardAttribute },
          ExpressionAttributeValues: { ':shard': { S: shard } },
        },
        mostOfShard,
      ),
    ),
  );
  return pages
    .flatMap(({ items }) => items)
    .map((item) => ({
      trip: textOf(item.pk),
      status: textOf(item.status),
      executionId: textOf(item.execution_id),
      updatedAt: textOf(item.updatedAt),
    }))
    .sort((one, other) => (one.updatedAt < other.updatedAt ? -1 : 1));
}
