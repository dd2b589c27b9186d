import { naming } from '../resource.ts';
import { AwsError, type StackResource } from '../types.ts';
import type { Database } from './database.ts';
import { writeItem } from './writes.ts';

/**
 * Puts the stack's `aws_dynamodb_table_item`s where they are absent, as Terraform's next apply would; one that is there, kept on
 * disk, stays as it has become.
 * @throws Error that names the resource
 */
export function putStackItems(items: readonly StackResource[], database: Database): void {
  for (const item of items) naming(item, () => putWhereAbsent(item.attributes, database));
}

function putWhereAbsent(attributes: StackResource['attributes'], database: Database): void {
  const request = {
    TableName: attributes.table_name,
    Item: parsed(String(attributes.item)),
    ConditionExpression: 'attribute_not_exists(#hash)',
    ExpressionAttributeNames: { '#hash': attributes.hash_key },
  };
  try {
    writeItem('PutItem', request, database);
  } catch (error) {
    if (!(error instanceof AwsError && error.code === 'ConditionalCheckFailedException')) throw error;
  }
}

function parsed(item: string): unknown {
  try {
    return JSON.parse(item);
  } catch (error) {
    throw new Error(`its item is no JSON (${(error as Error).message}): write it with JSON.stringify`);
  }
}
