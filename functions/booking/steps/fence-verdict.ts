import type { CompensationInput } from '#functions/trip/run-input.ts';
import type { BookingStatus, FenceOutcome } from '#schema/saga-input.ts';
import { startedAtOf } from './header-store.ts';

/** What the fence sees of a header that refused it; without fields where there is no header. */
export interface PresentHeader {
  readonly execution_id?: string;
  readonly status?: BookingStatus;
  readonly startedAt?: string;
  readonly customer?: string;
  readonly openedAt?: string | undefined;
  /** The execution whose cancelled booking this header took the place of. */
  readonly replaces?: string | undefined;
}

/** Not `??`: an index admits no empty key. */
export const customerOf = ({ customer }: { readonly customer?: string | undefined }): string => customer || 'unknown';

/** A cancelled booking gives its id free, but only to its customer, and to another run that started later. */
export function makesRoomFor(
  run: { readonly execution_id: string; readonly started_at: string; readonly customer?: string | undefined },
  present: PresentHeader,
): boolean {
  return (
    present.status === 'CANCELLED' &&
    present.execution_id !== run.execution_id &&
    present.customer === customerOf(run) &&
    (present.startedAt ?? '') < startedAtOf(run)
  );
}

export type FenceVerdict = FenceOutcome | 'tombstone' | 'not its flight or token';

/** What to do where the header could not be moved to CANCELLING. */
export function fenceVerdict(
  run: CompensationInput,
  present: PresentHeader,
  { mayUndoConfirmed }: { readonly mayUndoConfirmed: boolean },
): FenceVerdict {
  const { execution_id: owner, status } = present;
  if (owner === undefined) return 'tombstone';
  if (owner === run.execution_id) {
    if (status === 'CANCELLED' || (status === 'CONFIRMED' && !mayUndoConfirmed)) {
      return { fenced: false, ownStatus: status };
    }
    return 'not its flight or token';
  }
  if (makesRoomFor(run, present)) return 'tombstone';
  // The trip was booked again, and that takes a header of ours that was closed.
  return present.replaces === run.execution_id ? { fenced: false, ownStatus: 'CANCELLED' } : { fenced: false };
}
