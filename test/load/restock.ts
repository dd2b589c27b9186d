import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { demoFlightId } from '#schema/demo-request.ts';
import { maxFlightSeats } from '#schema/new-flight.ts';
import { keys } from '#schema/table.ts';
import type { Target } from '#test/support/e2e/target.ts';

/** Seats that the demo's flight has after each restocking. */
export const demoSeats = maxFlightSeats;

/** Empties the demo's flight: each measurement starts with as many seats, and with as small an item. */
export async function restock({ dynamodb, tableName }: Target): Promise<void> {
  await dynamodb.send(
    new UpdateCommand({
      TableName: tableName,
      Key: keys.flightInventory(demoFlightId),
      UpdateExpression: 'SET seatCapacity = :seats REMOVE seatHolds',
      ExpressionAttributeValues: { ':seats': demoSeats },
    }),
  );
}
