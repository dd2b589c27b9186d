import { GetCommand } from '#functions/shared/aws/document-commands.ts';
import type { Table } from '#functions/shared/aws/table.ts';
import { keys, partitionKey } from '#schema/table.ts';
import type { FenceDependencies } from './booking-steps.ts';

/** Read consistently. */
export function dynamoDbFlightPresence({ client, name }: Table): FenceDependencies['flights'] {
  return {
    async exists(flightId) {
      const { Item } = await client.send(
        new GetCommand({
          TableName: name,
          Key: keys.flightInventory(flightId),
          ProjectionExpression: partitionKey,
          ConsistentRead: true,
        }),
      );
      return Item !== undefined;
    },
  };
}
