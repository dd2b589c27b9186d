import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { flightItem, seedFlights } from '../seed.ts';

/** Puts the seed flights into the deployed table; one that is there already keeps its seats. Answers how many are new. */
export async function seedTarget(endpoint: string, region: string, TableName: string): Promise<number> {
  const client = new DynamoDBClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  let added = 0;
  try {
    for (const flight of seedFlights) {
      try {
        await client.send(
          new PutItemCommand({
            TableName,
            Item: flightItem(flight),
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
        added += 1;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    }
  } finally {
    client.destroy();
  }
  return added;
}
