import type { QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import { type KeyCondition, keyExpression } from '#functions/shared/http/key-condition.ts';
import type { Cursor, Page, PageRequest } from '#functions/shared/http/page.ts';
import { InvalidPageTokenError } from '#functions/shared/http/page-token.ts';
import type { IndexDefinition } from '#schema/table.ts';
import { QueryCommand, ScanCommand } from './document-commands.ts';
import type { Table } from './table.ts';

export interface IndexQuery extends PageRequest {
  readonly hash: string;
  readonly range?: KeyCondition | undefined;
  readonly descending?: boolean | undefined;
}

/** Pages of an index, whose items `view` turns into what they stand for; eventually consistent. */
export function indexPages<Item>(
  { client, name: TableName }: Table,
  { name: IndexName, hashKey, rangeKey }: IndexDefinition,
  view: (item: Record<string, unknown>) => Item,
) {
  const pageOf = ({
    Items = [],
    LastEvaluatedKey,
  }: Pick<QueryCommandOutput, 'Items' | 'LastEvaluatedKey'>): Page<Item> => ({
    items: Items.map(view),
    ...(LastEvaluatedKey ? { cursor: LastEvaluatedKey as Cursor } : {}),
  });
  return {
    async query({ hash, range, descending = false, limit, cursor }: IndexQuery): Promise<Page<Item>> {
      const condition = range && keyExpression(range);
      const command = new QueryCommand({
        TableName,
        IndexName,
        KeyConditionExpression: ['#hash = :hash', ...(condition ? [condition.expression] : [])].join(' AND '),
        ExpressionAttributeNames: { '#hash': hashKey, ...(condition ? { '#range': rangeKey } : {}) },
        ExpressionAttributeValues: { ':hash': hash, ...condition?.values },
        ScanIndexForward: !descending,
        Limit: limit,
        ExclusiveStartKey: cursor,
      });
      return pageOf(await startedAt(cursor, () => client.send(command)));
    },

    /** All of the index, in no order. */
    async scan({ limit, cursor }: PageRequest): Promise<Page<Item>> {
      const command = new ScanCommand({ TableName, IndexName, Limit: limit, ExclusiveStartKey: cursor });
      return pageOf(await startedAt(cursor, () => client.send(command)));
    },
  };
}

/** Clients can make a token of their own, and DynamoDB refuses a start that is no key of the index or outside the query. */
async function startedAt<Answer>(cursor: Cursor | undefined, read: () => Promise<Answer>): Promise<Answer> {
  try {
    return await read();
  } catch (error) {
    const isRefusedStart = cursor !== undefined && error instanceof Error && error.name === 'ValidationException';
    throw isRefusedStart ? new InvalidPageTokenError() : error;
  }
}
