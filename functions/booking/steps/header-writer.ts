import { PutCommand } from '#functions/shared/aws/document-commands.ts';
import { isConditionalCheckFailed, refusedItem, refusedMap, type Table } from '#functions/shared/aws/table.ts';
import type { CompensationInput } from '#functions/trip/run-input.ts';
import { keys, unfinishedShardAttribute, unfinishedShardOf } from '#schema/table.ts';
import { makesRoomFor } from './fence-verdict.ts';
import { startedAtOf } from './header-store.ts';
import { type OpeningRun, putting, type RefusedHeader, runOf } from './refused-header.ts';

/** Sends the cancellation message of a booking whose header is about to be replaced, in case its own run never sent it. */
export type ClosedBookingTeller = (run: CompensationInput) => Promise<void>;

export const cannotTell: ClosedBookingTeller = () =>
  Promise.reject(new Error('This function does not write new headers'));

/** The header at the key when the write's condition failed (without fields where there is none); undefined when it was written. */
export async function refusal(write: () => Promise<unknown>): Promise<RefusedHeader | undefined> {
  try {
    await write();
    return undefined;
  } catch (error) {
    if (!isConditionalCheckFailed(error)) throw error;
    return { ...refusedItem(error.Item), run: refusedMap(error.Item, 'run') } as RefusedHeader;
  }
}

export function headerWriter({ client, name }: Table, tellClosed: ClosedBookingTeller) {
  /**
   * Puts a header of this run where there is none, or in the place of a cancelled one.
   * @returns the header that refuses it
   */
  return async function put(run: OpeningRun, header: Record<string, unknown>): Promise<RefusedHeader | undefined> {
    const item = {
      ...keys.booking(run.trip_id),
      id: run.trip_id,
      ...header,
      checkedIn: false,
      // The time of the request, which the API has already answered.
      createdAt: run.started_at,
      execution_id: run.execution_id,
      startedAt: startedAtOf(run),
      [unfinishedShardAttribute]: unfinishedShardOf(run.trip_id),
    };
    const present = await refusal(() => client.send(new PutCommand(putting(name, item, 'attribute_not_exists(pk)'))));
    if (present === undefined || !makesRoomFor(run, present)) return present;
    // The new header replaces its entry in the index of unfinished bookings, so the reconciler would not send it any more.
    if (unfinishedShardAttribute in present) await tellClosed(runOf(present));
    return refusal(() =>
      client.send(
        new PutCommand({
          ...putting(
            name,
            { ...item, replaces: present.execution_id },
            'execution_id = :replaced AND startedAt = :its AND #status = :cancelled',
          ),
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':replaced': present.execution_id,
            ':its': present.startedAt,
            ':cancelled': 'CANCELLED',
          },
        }),
      ),
    );
  };
}
