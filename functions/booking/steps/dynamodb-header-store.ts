import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { QueryCommand, UpdateCommand } from '#functions/shared/aws/document-commands.ts';
import type { Table } from '#functions/shared/aws/table.ts';
import { BookingNotOpenError } from '#functions/shared/saga/reservation-errors.ts';
import { InvalidSagaInputError } from '#functions/shared/saga/step-errors.ts';
import { keptRunOf } from '#functions/trip/kept-run.ts';
import type { CompensationInput } from '#functions/trip/run-input.ts';
import { keys, unfinishedShardAttribute, unfinishedShardOf } from '#schema/table.ts';
import { customerOf, fenceVerdict } from './fence-verdict.ts';
import { BookingAlreadyExistsError, BookingNotFencedError, ReservationsRemainError } from './header-errors.ts';
import type { HeaderStore } from './header-store.ts';
import { cannotTell, headerWriter, refusal } from './header-writer.ts';

/** How often another writer may come between the fence's look at the header and its write. */
const maxFenceTries = 3;

/** @param tellClosed needed where headers are opened or fenced */
export function dynamoDbHeaderStore({ client, name }: Table, tellClosed = cannotTell): HeaderStore {
  const put = headerWriter({ client, name }, tellClosed);

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

  const fenceOwn = (
    run: CompensationInput,
    { mayUndoConfirmed, reason, now }: { mayUndoConfirmed: boolean; reason: string; now: string },
  ) =>
    update(run.trip_id, {
      // No customer is checked in for a booking that is undone.
      UpdateExpression: `SET #status = :cancelling, updatedAt = :now, ${unfinishedShardAttribute} = :shard,
        failureReason = if_not_exists(failureReason, :reason), checkedIn = :false`,
      // Flight and token too: a cancel run with another flight or token would release neither the seat nor the money.
      ConditionExpression: `execution_id = :execution AND #status IN (:open, :cancelling${
        mayUndoConfirmed ? ', :confirmed' : ''
      }) AND outboundFlightId = :flight AND paymentToken = :token`,
      ExpressionAttributeValues: {
        ':cancelling': 'CANCELLING',
        ':open': 'UNCONFIRMED',
        ...(mayUndoConfirmed ? { ':confirmed': 'CONFIRMED' } : {}),
        ':execution': run.execution_id,
        ':now': now,
        ':shard': unfinishedShardOf(run.trip_id),
        ':reason': reason,
        ':false': false,
        ':flight': run.outbound_flight_id,
        ':token': run.payment_token || 'unknown',
      },
    });

  const putTombstone = (run: CompensationInput, { reason, now }: { reason: string; now: string }) =>
    // Every field that GraphQL requires. Not `??`: an index admits no empty key, and a fence that fails for it would undo
    // nothing.
    put(run, {
      status: 'CANCELLING',
      customer: customerOf(run),
      outboundFlightId: run.outbound_flight_id,
      paymentToken: run.payment_token || 'unknown',
      updatedAt: now,
      failureReason: reason,
      run: keptRunOf(run),
    });

  return {
    async open({ trip_id, execution_id, started_at, ...fields }, now) {
      const run = { trip_id, execution_id, started_at, customer: fields.customer };
      const present = await put(run, { status: 'UNCONFIRMED', ...fields, updatedAt: now });
      if (present === undefined) return;
      if (present.execution_id !== execution_id) {
        throw new BookingAlreadyExistsError(`Trip ${trip_id} is booked by another execution`);
      }
      const isOfThisRun = present.openedAt !== undefined && present.openedAt === fields.openedAt;
      if (present.status === 'UNCONFIRMED' && isOfThisRun) return;
      throw new BookingAlreadyExistsError(
        present.status === 'UNCONFIRMED'
          ? `Trip ${trip_id} was opened by an earlier run of this execution's name`
          : `This execution's own booking of trip ${trip_id} is ${present.status} already`,
      );
    },

    async confirm({ trip_id, execution_id }, bookingReference, now) {
      const present = await refusal(() =>
        update(trip_id, {
          UpdateExpression: 'SET #status = :confirmed, bookingReference = :reference, updatedAt = :now',
          ConditionExpression: '#status = :open AND execution_id = :execution',
          ExpressionAttributeValues: {
            ':confirmed': 'CONFIRMED',
            ':open': 'UNCONFIRMED',
            ':reference': bookingReference,
            ':now': now,
            ':execution': execution_id,
          },
        }),
      );
      if (present === undefined || (present.execution_id === execution_id && present.status === 'CONFIRMED')) return;
      throw new BookingNotOpenError(`Booking ${trip_id} is not open to execution ${execution_id}`);
    },

    async fence(run, options) {
      for (let tried = 0; tried < maxFenceTries; tried++) {
        const present = await refusal(() => fenceOwn(run, options));
        if (present === undefined) return { fenced: true };
        const verdict = fenceVerdict(run, present, options);
        if (verdict === 'not its flight or token') {
          throw new InvalidSagaInputError(
            `Field "payment_token" or "outbound_flight_id" is not that of booking ${run.trip_id}`,
          );
        }
        if (verdict !== 'tombstone') return verdict;
        if ((await putTombstone(run, options)) === undefined) return { fenced: true };
      }
      throw new Error(`The header of trip ${run.trip_id} changes while it is fenced`);
    },

    async close({ trip_id, execution_id }, now) {
      const remaining = await partsOf(trip_id, execution_id);
      if (remaining.length > 0) {
        throw new ReservationsRemainError(`Booking ${trip_id} still has ${remaining.join(', ')}: undo them first`);
      }
      const present = await refusal(() =>
        update(trip_id, {
          UpdateExpression: 'SET #status = :cancelled, updatedAt = :now',
          ConditionExpression: '#status = :cancelling AND execution_id = :execution',
          ExpressionAttributeValues: {
            ':cancelled': 'CANCELLED',
            ':cancelling': 'CANCELLING',
            ':now': now,
            ':execution': execution_id,
          },
        }),
      );
      if (present === undefined) return;
      const wasClosedBefore =
        present.execution_id === execution_id ? present.status === 'CANCELLED' : present.execution_id !== undefined;
      if (!wasClosedBefore) {
        throw new BookingNotFencedError(`Booking ${trip_id} is not being cancelled by execution ${execution_id}`);
      }
    },
  };
}
