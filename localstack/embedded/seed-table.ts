import { flightItem, seedFlights } from '../seed.ts';
import { AwsError, type AwsService, OUTSIDE } from './types.ts';

/** Puts the seed flights into the table; one that is there already (kept on disk) stays as it is. */
export async function seedTable(dynamodb: AwsService, tableName: string): Promise<void> {
  for (const flight of seedFlights) {
    try {
      await dynamodb.call(
        'PutItem',
        { TableName: tableName, Item: flightItem(flight), ConditionExpression: 'attribute_not_exists(pk)' },
        OUTSIDE,
      );
    } catch (error) {
      if (!(error instanceof AwsError && error.code === 'ConditionalCheckFailedException')) throw error;
    }
  }
}
