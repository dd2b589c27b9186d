import { PutCommand, QueryCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import {
  BookingAlreadyExistsError,
  BookingNotFencedError,
  BookingNotOpenError,
  InvalidSagaInputError,
  ReservationsRemainError,
} from '#functions/shared/errors.ts';
import { isConditionalCheckFailed, refusedItem, type Table } from '#functions/shared/table.ts';
import type { BookingStatus } from '#schema/saga-input.ts';
import { keys, unfinishedShardAttribute, unfinishedShardOf } from '#schema/table.ts';
import { type HeaderStore, startedAtOf } from './header-store.ts';

type Refused = { readonly ownStatus: BookingStatus | undefined } | undefined;

export function dynamoDbHeaderStore({ client, name }: Table): HeaderStore {
  /** What stands at the key when a condition fails: this execution's own status, or somebody else's header. */
  async function refusal(write: () => Promise<unknown>, executionId: string): Promise<Refused> {
    try {
      await write();
      return undefined;
    } catch (error) {
      if (!isConditionalCheckFailed(error)) throw error;
      const { execution_id: owner, status } = refusedItem(error.Item);
      return { ownStatus: owner === executionId ? (status as BookingStatus) : undefined };
    }
  }

  const update = (tripId: string, input: Omit<UpdateCommandInput, 'TableName' | 'Key'>) =>
    client.send(
      new UpdateCommand({
        TableName: name,
        Key: keys.booking(tripId),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        ...input,
        ExpressionAttributeNames: { '#status': 'status', ...input.ExpressionAttributeNames },
      }),
    );

  /** Sort keys of what this execution still holds; behind the fence nothing can be added. */
  async function partsOf(tripId: string, executionId: string): Promise<string[]> {
    const { pk, sk } = keys.booking(tripId);
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: name,
        KeyConditionExpression: 'pk = :trip',
        FilterExpression: 'execution_id = :execution',
        ProjectionExpression: 'sk',
        ExpressionAttributeValues: { ':trip': pk, ':execution': executionId },
        ConsistentRead: true,
      }),
    );
    return Items.map((item) => String(item.sk)).filter((key) => key !== sk);
  }

  return {
    async open(header, now) {
      const { trip_id, execution_id, started_at, ...fields } = header;
      const startedAt = startedAtOf({ started_at, execution_id });
      const write = () =>
        client.send(
          new PutCommand({
            TableName: name,
            Item: {
              ...keys.booking(trip_id),
              id: trip_id,
              status: 'UNCONFIRMED',
              ...fields,
              checkedIn: false,
              // When it was asked for: what the API has answered by then.
              createdAt: started_at,
              updatedAt: now,
              execution_id,
              startedAt,
              [unfinishedShardAttribute]: unfinishedShardOf(trip_id),
            },
            // A cancelled booking may be made again, but only for its customer, and by a run that started later.
            ConditionExpression:
              'attribute_not_exists(pk) OR (#status = :cancelled AND startedAt < :startedAt AND customer = :customer)',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: {
              ':cancelled': 'CANCELLED',
              ':startedAt': startedAt,
              ':customer': fields.customer,
            },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
      const refused = await refusal(write, execution_id);
      if (refused !== undefined && refused.ownStatus !== 'UNCONFIRMED') {
        throw new BookingAlreadyExistsError(
          refused.ownStatus === undefined
            ? `Trip ${trip_id} is booked by another execution`
            : `This execution's own booking of trip ${trip_id} is ${refused.ownStatus} already`,
        );
      }
    },

    async confirm({ trip_id, execution_id }, bookingReference, now) {
      const write = () =>
        update(trip_id, {
          UpdateExpression: `SET #status = :confirmed, bookingReference = :reference, updatedAt = :now REMOVE ${unfinishedShardAttribute}`,
          ConditionExpression: '#status = :open AND execution_id = :execution',
          ExpressionAttributeValues: {
            ':confirmed': 'CONFIRMED',
            ':open': 'UNCONFIRMED',
            ':reference': bookingReference,
            ':now': now,
            ':execution': execution_id,
          },
        });
      const refused = await refusal(write, execution_id);
      if (refused !== undefined && refused.ownStatus !== 'CONFIRMED') {
        throw new BookingNotOpenError(`Booking ${trip_id} is not open to execution ${execution_id}`);
      }
    },

    async fence(run, { mayUndoConfirmed, reason, now }) {
      const write = () =>
        update(run.trip_id, {
          // Every field that GraphQL requires, in case this writes a tombstone. Nobody is checked in for what is undone.
          UpdateExpression: `SET #status = :cancelling, execution_id = :execution, updatedAt = :now,
            startedAt = if_not_exists(startedAt, :startedAt), ${unfinishedShardAttribute} = :shard, failureReason = if_not_exists(failureReason, :reason),
            id = if_not_exists(id, :trip), createdAt = if_not_exists(createdAt, :askedAt),
            customer = if_not_exists(customer, :customer), checkedIn = :false,
            outboundFlightId = if_not_exists(outboundFlightId, :flight),
            paymentToken = if_not_exists(paymentToken, :token)`,
          // Flight and token too: a cancel run for other ones would leave seat and money where they are.
          ConditionExpression: `attribute_not_exists(pk) OR (execution_id = :execution AND #status IN (:open, :cancelling${
            mayUndoConfirmed ? ', :confirmed' : ''
          }) AND outboundFlightId = :flight AND paymentToken = :token)`,
          ExpressionAttributeValues: {
            ':cancelling': 'CANCELLING',
            ':open': 'UNCONFIRMED',
            ...(mayUndoConfirmed ? { ':confirmed': 'CONFIRMED' } : {}),
            ':execution': run.execution_id,
            ':startedAt': startedAtOf(run),
            ':askedAt': run.started_at,
            ':now': now,
            ':shard': unfinishedShardOf(run.trip_id),
            ':reason': reason,
            ':trip': run.trip_id,
            // Not `??`: an index admits no empty key, and a fence that fails for it would undo nothing.
            ':customer': run.customer || 'unknown',
            ':false': false,
            ':flight': run.outbound_flight_id,
            ':token': run.payment_token || 'unknown',
          },
        });
      const refused = await refusal(write, run.execution_id);
      const { ownStatus } = refused ?? {};
      if (ownStatus !== undefined && ownStatus !== 'CANCELLED' && (mayUndoConfirmed || ownStatus !== 'CONFIRMED')) {
        throw new InvalidSagaInputError(
          `Field "payment_token" or "outbound_flight_id" is not that of booking ${run.trip_id}`,
        );
      }
      return refused === undefined;
    },

    async close({ trip_id, execution_id }, now) {
      const remaining = await partsOf(trip_id, execution_id);
      if (remaining.length > 0) {
        throw new ReservationsRemainError(`Booking ${trip_id} still has ${remaining.join(', ')}: undo them first`);
      }
      const write = () =>
        update(trip_id, {
          UpdateExpression: `SET #status = :cancelled, updatedAt = :now REMOVE ${unfinishedShardAttribute}`,
          ConditionExpression: '#status = :cancelling AND execution_id = :execution',
          ExpressionAttributeValues: {
            ':cancelled': 'CANCELLED',
            ':cancelling': 'CANCELLING',
            ':now': now,
            ':execution': execution_id,
          },
        });
      const refused = await refusal(write, execution_id);
      if (refused !== undefined && refused.ownStatus !== 'CANCELLED') {
        throw new BookingNotFencedError(`Booking ${trip_id} is not being cancelled by execution ${execution_id}`);
      }
    },
  };
}
