import type { Booking } from '#functions/booking/booking.ts';
import { customerOf } from '#functions/booking/booking-policy.ts';
import type { BookingReader } from '#functions/booking/reading/booking-reader.ts';
import { startedAtOf } from '#functions/booking/steps/header-store.ts';
import type { Caller } from '#functions/shared/http/caller.ts';
import type { SagaStarter } from '#functions/shared/saga/saga-starter.ts';
import { startOnce } from '#functions/shared/saga/start-once.ts';
import type { BookingRunInput } from '#functions/trip/run-input.ts';
import type { RequestStore } from './request-store.ts';

export interface RefusedRunPorts {
  readonly bookings: Pick<BookingReader, 'header'>;
  readonly requests: Pick<RequestStore, 'findByPending'>;
  readonly saga: SagaStarter;
}

/**
 * Whether a pending booking belongs to a run of the caller that will never open it. Pending bookings of older releases do
 * not name their request, so they block the id for as long as they are shown.
 */
export async function isOfRefusedRun(
  caller: Caller,
  { id, execution_id }: Pick<Booking, 'id' | 'execution_id'>,
  ports: RefusedRunPorts,
): Promise<boolean> {
  const announced = await ports.requests.findByPending(id, customerOf(caller));
  return announced?.run.execution_id === execution_id && (await wasRefused(announced.run, ports));
}

/**
 * Whether a run will never replace the cancelled booking: the cancelled one counts as the later of the two, or the run has
 * ended and the header is still the cancelled one's. A run that is under way, or was never started, is started here.
 */
export async function wasRefused(
  run: BookingRunInput,
  { bookings, saga }: Omit<RefusedRunPorts, 'requests'>,
): Promise<boolean> {
  const stillCancelled = async (): Promise<Booking | undefined> => {
    const header = await bookings.header(run.trip_id);
    const isBefore = header?.status === 'CANCELLED' && header.execution_id !== run.execution_id;
    return isBefore && header.customer === run.customer ? header : undefined;
  };
  const before = await stillCancelled();
  if (before === undefined) return false;
  if (before.startedAt > startedAtOf(run)) return true;
  if (await startOnce(saga, run.execution_id, run)) return false;
  // Read again: it may have opened its booking between our read and its end.
  return (await stillCancelled()) !== undefined;
}
