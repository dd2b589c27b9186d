import type { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, TransactWriteCommand, UpdateCommand } from '#functions/shared/aws/document-commands.ts';
import { refusedItem, type Table, unlessRefused } from '#functions/shared/aws/table.ts';
import { type Key, keys } from '#schema/table.ts';
import {
  BookingNotOpenError,
  ReservationConflictError,
  ReservationNotFoundError,
  TransactionConflictError,
} from './reservation-errors.ts';
import type { Execution, ReservationStore } from './reservation-store.ts';

export function dynamoDbReservationStore({ client, name }: Table): ReservationStore {
  return {
    async open(execution, key, item) {
      try {
        await client.send(
          new TransactWriteCommand({
            TransactItems: [
              {
                ConditionCheck: {
                  TableName: name,
                  Key: keys.booking(execution.trip_id),
                  ConditionExpression: '#status = :open AND execution_id = :execution',
                  ExpressionAttributeNames: { '#status': 'status' },
                  ExpressionAttributeValues: { ':open': 'UNCONFIRMED', ':execution': execution.execution_id },
                },
              },
              {
                Put: {
                  TableName: name,
                  Item: {
                    ...key,
                    trip_id: execution.trip_id,
                    ...item,
                    transaction_status: 'pending',
                    execution_id: execution.execution_id,
                  },
                  ConditionExpression: 'attribute_not_exists(pk)',
                  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
                },
              },
            ],
          }),
        );
      } catch (error) {
        if (!isTransactionCanceled(error)) throw error;
        assertAlreadyOpen(error, execution, key);
      }
    },

    async confirm(execution, key) {
      const confirmed = await unlessRefused(() =>
        client.send(
          new UpdateCommand({
            TableName: name,
            Key: key,
            UpdateExpression: 'SET transaction_status = :confirmed',
            ConditionExpression: 'execution_id = :execution',
            ExpressionAttributeValues: { ':confirmed': 'confirmed', ':execution': execution.execution_id },
          }),
        ),
      );
      if (confirmed === undefined) {
        throw new ReservationNotFoundError(`No ${key.sk} of execution ${execution.execution_id} to confirm`);
      }
    },

    async remove(execution, key) {
      await unlessRefused(() =>
        client.send(
          new DeleteCommand({
            TableName: name,
            Key: key,
            ConditionExpression: 'execution_id = :execution',
            ExpressionAttributeValues: { ':execution': execution.execution_id },
          }),
        ),
      );
    },
  };
}

function isTransactionCanceled(error: unknown): error is TransactionCanceledException {
  return error instanceof Error && error.name === 'TransactionCanceledException';
}

/** Returns where the refused transaction found this execution's own item; says why it was refused otherwise. */
function assertAlreadyOpen(error: TransactionCanceledException, execution: Execution, key: Key): void {
  const [fence, put] = error.CancellationReasons ?? [];
  if (fence?.Code === 'ConditionalCheckFailed') {
    throw new BookingNotOpenError(`Booking ${execution.trip_id} is not open to execution ${execution.execution_id}`);
  }
  if (put?.Code === 'ConditionalCheckFailed') {
    if (refusedItem(put.Item).execution_id === execution.execution_id) return;
    throw new ReservationConflictError(`${key.sk} of trip ${execution.trip_id} is held by another execution`);
  }
  const codes = [fence?.Code, put?.Code];
  if (codes.some((code) => code === 'TransactionConflict' || code === 'ThrottlingError')) {
    throw new TransactionConflictError(`Transaction for ${key.sk} of trip ${execution.trip_id}: ${codes.join(', ')}`);
  }
  throw error;
}
