import type { Booking } from '#functions/booking/booking.ts';
import { BookingNotFoundError } from '#functions/booking/booking-errors.ts';
import { visibleTo } from '#functions/booking/booking-policy.ts';
import { isThrottled } from '#functions/shared/aws/throttling.ts';
import type { Caller } from '#functions/shared/http/caller.ts';
import { type CancelCause, cancelNameOf, redriveNameOf } from '#schema/execution-names.ts';
import type { BookingHistory } from '#schema/http/bookings.ts';
import { cancelCauses } from '#schema/saga-input.ts';
import type { BookingReader } from './booking-reader.ts';
import type { ExecutionHistoryReader } from './execution-history.ts';
import { HistoryBusyError } from './history-busy-error.ts';

export interface BookingHistoryPorts {
  readonly bookings: Pick<BookingReader, 'get'>;
  readonly executions: ExecutionHistoryReader;
  readonly executionArnOf: (executionName: string) => string;
}

type Run = BookingHistory['executions'][number];
type Read = (name: string, action: Run['action']) => Promise<Run | undefined>;

/** An account may ask 20 times a second: one customer's request must not take that alone. */
const maxReads = 12;

/**
 * The runs that made the booking as it is now, cancelled it or redrove it, oldest first. What the header and the runs
 * before tell says which others there can be: a booking that was simply made costs one GetExecutionHistory.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 * @throws BookingNotFoundError, HistoryBusyError where the account's quota is used up
 */
export async function bookingHistory(
  caller: Caller,
  bookingId: string,
  { bookings, executions, executionArnOf }: BookingHistoryPorts,
): Promise<BookingHistory> {
  const booking = visibleTo(caller, await bookings.get(bookingId, caller));
  if (booking === undefined) throw new BookingNotFoundError();
  let reads = 0;
  const runs: Run[] = [];
  const read: Read = async (name, action) => {
    if (reads === maxReads) return undefined;
    reads += 1;
    const history = await executions.read(executionArnOf(name));
    if (history === undefined) return undefined;
    const run = { name, action, ...history, states: [...history.states] };
    runs.push(run);
    return run;
  };
  try {
    await readRuns(booking, read);
  } catch (error) {
    throw isThrottled(error) ? new HistoryBusyError(error) : error;
  }
  return {
    id: booking.id,
    status: booking.status,
    executions: runs.sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1)),
  };
}

async function readRuns(booking: Booking, read: Read): Promise<void> {
  const { execution_id: executionId } = booking;
  const readRedrives = (cause: CancelCause, first = 1): Promise<Run | undefined> =>
    readChain(first, (number) => read(redriveNameOf(executionId, cause, number), 'redrive'));

  const made = await read(executionId, 'book');
  if (mayBeFollowed(made)) await readRedrives('redrive');
  const mayBeCancelled = mayHaveBeenCancelled(booking);
  const cancelled = mayBeCancelled ? await read(cancelNameOf(executionId), 'cancel') : undefined;
  if (mayBeCancelled && mayBeFollowed(cancelled)) {
    const last = (await readRedrives('customer')) ?? cancelled;
    // If only the cancellation's message is missing, the reconciler starts a redrive like that of any other run.
    if (booking.status === 'CANCELLED' && !mayBeFollowed(made) && mayBeFollowed(last)) await readRedrives('redrive');
  }

  const mayBeOld =
    booking.run === undefined && [made, cancelled].some((run) => run !== undefined && mayBeFollowed(run));
  if (!mayBeOld) return;
  const old = await readOldRedrives(executionId, read);
  // Its next redrive by this release takes the next number under the new name.
  if (old > 0) for (const cause of cancelCauses) await readRedrives(cause, old + 1);
}

/**
 * The redrives of one cause are numbered without gaps, and each is there because the one before was not enough.
 * @returns the last of them
 */
async function readChain(first: number, read: (number: number) => Promise<Run | undefined>): Promise<Run | undefined> {
  let last: Run | undefined;
  let number = first;
  let run = await read(number);
  while (run !== undefined) {
    last = run;
    run = mayBeFollowed(run) ? await read(++number) : undefined;
  }
  return last;
}

/**
 * Older releases opened headers without `run` and gave the redrives of both causes one row of numbers, without gaps.
 * @returns how many there are
 */
async function readOldRedrives(executionId: string, read: Read): Promise<number> {
  let found = 0;
  while ((await read(`${executionId}.redrive-${found + 1}`, 'redrive')) !== undefined) found += 1;
  return found;
}

/**
 * No redrive follows a run that is under way, or that ended by itself and sent its message. Of a run that Step Functions
 * does not know, or that was stopped, or whose message went to the dead letters, there may be redrives.
 */
function mayBeFollowed(run: Run | undefined): boolean {
  if (run === undefined) return true;
  if (run.status === 'RUNNING') return false;
  const hasTold = run.states.some(
    ({ name, leftAt, error }) => name.startsWith('NotifyBooking') && leftAt !== undefined && error === undefined,
  );
  return !(hasTold && (run.status === 'SUCCEEDED' || run.status === 'FAILED'));
}

/** Older releases marked a booking after they had started its cancel run, which could be quicker. */
function mayHaveBeenCancelled({ status, bookingReference, cancelRequestedAt }: Booking): boolean {
  const wasUndone = status === 'CANCELLING' || status === 'CANCELLED';
  return cancelRequestedAt !== undefined || (wasUndone && bookingReference !== undefined);
}
