import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { attributeValuesOf } from '#schema/flight-item.ts';
import { keys } from '#schema/table.ts';

export async function isInCatalog(client: Pick<DynamoDBClient, 'send'>, TableName: string, id: string) {
  const Key = attributeValuesOf({ ...keys.flightInventory(id) });
  const { Item } = await client.send(
    new GetItemCommand({ TableName, Key, ProjectionExpression: 'pk', ConsistentRead: true }),
  );
  return Item !== undefined;
}
