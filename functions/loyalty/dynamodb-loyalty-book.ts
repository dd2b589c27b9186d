import { cancellationReasonsOf } from '#functions/shared/aws/cancellation.ts';
import { PutCommand, TransactWriteCommand } from '#functions/shared/aws/document-commands.ts';
import { retryConflicts } from '#functions/shared/aws/retry-conflicts.ts';
import { isConditionalCheckFailed, refusedItem, type Table } from '#functions/shared/aws/table.ts';
import { type Clock, systemClock } from '#functions/shared/clock.ts';
import { type Key, keys } from '#schema/table.ts';
import type { EarningBooking, LoyaltyBook } from './loyalty.ts';

/**
 * A record a booking, whose `points_status` goes earned → taken_back, or is never_earned from the start; and the
 * account's sum, which changes in the same transaction. So the sum is always that of the records that say `earned`.
 */
export function dynamoDbLoyaltyBook({ client, name }: Table, now: Clock = systemClock): LoyaltyBook {
  const recordKey = ({ customer, bookingId, bookingReference }: EarningBooking): Key =>
    keys.loyaltyRecord(customer, bookingId, bookingReference);

  const newRecord = (booking: EarningBooking, status: string, points: number) => ({
    TableName: name,
    // No `status`: with a `customer` it would put the record among the customer's bookings.
    Item: { ...recordKey(booking), points_status: status, points, updatedAt: now() },
    ConditionExpression: 'attribute_not_exists(pk)',
  });

  const addToAccount = ({ customer }: EarningBooking, points: number) => ({
    TableName: name,
    Key: keys.loyaltyAccount(customer),
    UpdateExpression: 'SET updatedAt = :now ADD points :points',
    ExpressionAttributeValues: { ':now': now(), ':points': points },
  });

  /** @returns whether it was written; the record's condition is the first of the transaction */
  const unlessRecordRefuses = async (transaction: TransactWriteCommand): Promise<boolean> => {
    try {
      await retryConflicts(() => client.send(transaction));
      return true;
    } catch (error) {
      if (cancellationReasonsOf(error)[0]?.Code === 'ConditionalCheckFailed') return false;
      throw error;
    }
  };

  return {
    async earn(booking, points) {
      const added = await unlessRecordRefuses(
        new TransactWriteCommand({
          TransactItems: [{ Put: newRecord(booking, 'earned', points) }, { Update: addToAccount(booking, points) }],
        }),
      );
      return added ? points : 0;
    },

    async takeBack(booking) {
      let record: ReturnType<typeof refusedItem>;
      try {
        const tombstone = new PutCommand({
          ...newRecord(booking, 'never_earned', 0),
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        });
        await retryConflicts(() => client.send(tombstone));
        return 0;
      } catch (error) {
        if (!isConditionalCheckFailed(error)) throw error;
        record = refusedItem(error.Item);
      }
      if (record.points_status !== 'earned') return 0;
      const points = Number(record.points);
      const taken = await unlessRecordRefuses(
        new TransactWriteCommand({
          TransactItems: [
            {
              Update: {
                TableName: name,
                Key: recordKey(booking),
                UpdateExpression: 'SET points_status = :taken, updatedAt = :now',
                ConditionExpression: 'points_status = :earned',
                ExpressionAttributeValues: { ':taken': 'taken_back', ':earned': 'earned', ':now': now() },
              },
            },
            { Update: addToAccount(booking, -points) },
          ],
        }),
      );
      return taken ? points : 0;
    },
  };
}
