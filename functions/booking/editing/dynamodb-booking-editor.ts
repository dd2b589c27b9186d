import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { type Booking, storedStatusOf } from '#functions/booking/booking.ts';
import { UpdateCommand } from '#functions/shared/aws/document-commands.ts';
import { type Table, unlessRefused } from '#functions/shared/aws/table.ts';
import { keys } from '#schema/table.ts';
import type { BookingEditor } from './edit-booking.ts';

export function dynamoDbBookingEditor({ client, name }: Table): BookingEditor {
  async function unlessChanged(
    booking: Booking,
    input: Pick<UpdateCommandInput, 'UpdateExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>,
  ): Promise<boolean> {
    const written = await unlessRefused(() =>
      client.send(
        new UpdateCommand({
          TableName: name,
          Key: keys.booking(booking.id),
          UpdateExpression: input.UpdateExpression,
          // `updatedAt` is the version: writers of a field that clients see set it. Execution and status tell two writes of one
          // millisecond apart.
          ConditionExpression: 'execution_id = :execution AND #status = :status AND updatedAt = :read',
          ExpressionAttributeNames: { '#status': 'status', ...input.ExpressionAttributeNames },
          ExpressionAttributeValues: {
            ':execution': booking.execution_id,
            ':status': storedStatusOf(booking),
            ':read': booking.updatedAt,
            ...input.ExpressionAttributeValues,
          },
        }),
      ),
    );
    return written !== undefined;
  }

  return {
    change: (booking, { checkedIn, bookingReference }, now) =>
      unlessChanged(booking, {
        UpdateExpression: `SET ${[
          'updatedAt = :now',
          ...(checkedIn === undefined ? [] : ['checkedIn = :checkedIn']),
          ...(bookingReference ? ['bookingReference = :reference'] : []),
        ].join(', ')}${bookingReference === null ? ' REMOVE bookingReference' : ''}`,
        ExpressionAttributeValues: {
          ':now': now,
          ...(checkedIn === undefined ? {} : { ':checkedIn': checkedIn }),
          ...(bookingReference ? { ':reference': bookingReference } : {}),
        },
      }),

    hide: (booking, now) =>
      unlessChanged(booking, {
        UpdateExpression: 'SET #hidden = :yes, updatedAt = :now',
        ExpressionAttributeNames: { '#hidden': 'hidden' },
        ExpressionAttributeValues: { ':yes': true, ':now': now },
      }),
  };
}
