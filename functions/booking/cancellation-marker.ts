import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '#functions/shared/clock.ts';
import { type Table, unlessRefused } from '#functions/shared/table.ts';
import { keys } from '#schema/table.ts';
import type { Booking } from './booking-view.ts';

/** Shows a confirmed booking as being cancelled until the cancel run's first step has fenced it. */
export type CancellationMarker = (booking: Booking) => Promise<void>;

/** An attribute beside those that the saga goes by; a booking that is fenced or made anew meanwhile is left alone. */
export function dynamoDbCancellationMarker({ client, name }: Table, now: Clock): CancellationMarker {
  return async ({ id, execution_id }) => {
    await unlessRefused(() =>
      client.send(
        new UpdateCommand({
          TableName: name,
          Key: keys.booking(id),
          UpdateExpression: 'SET cancelRequestedAt = :now',
          ConditionExpression: '#status = :confirmed AND execution_id = :execution',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':now': now(), ':confirmed': 'CONFIRMED', ':execution': execution_id },
        }),
      ),
    );
  };
}
