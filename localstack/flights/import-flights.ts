import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { attributeValuesOf, newFlightItem } from '#schema/flight-item.ts';
import type { NewFlight } from '#schema/new-flight.ts';

/**
 * Puts flights into the catalog as `createFlight` does. One that is there already stays as it is, with its seats: the same
 * file may be imported again. Answers the ids that are new, and those that were there.
 */
export async function importFlights(
  client: Pick<DynamoDBClient, 'send'>,
  TableName: string,
  flights: readonly NewFlight[],
  now: string = new Date().toISOString(),
): Promise<{ readonly added: readonly string[]; readonly kept: readonly string[] }> {
  const added: string[] = [];
  const kept: string[] = [];
  for (const flight of flights) {
    const Item = attributeValuesOf(newFlightItem(flight, { revision: randomUUID(), now }));
    try {
      await client.send(new PutItemCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }));
      added.push(flight.id);
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      kept.push(flight.id);
    }
  }
  return { added, kept };
}
