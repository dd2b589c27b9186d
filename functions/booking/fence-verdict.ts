import type { BookingStatus, CompensationInput, FenceOutcome } from '#schema/saga-input.ts';
import { startedAtOf } from './header-store.ts';

/** What the fence sees of a header that refused it; without fields where there is no header. */
export interface PresentHeader {
  readonly execution_id?: string;
  readonly status?: BookingStatus;
  readonly startedAt?: string;
  readonly customer?: string;
  readonly openedAt?: string | undefined;
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
  if (present.customer !== (run.customer || 'unknown')) return { fenced: false };
  const isOlder = (present.startedAt ?? '') < startedAtOf(run);
  // The trip was booked again, and that takes a header of ours that was closed.
  if (!isOlder) return { fenced: false, ownStatus: 'CANCELLED' };
  return status === 'CANCELLED' ? 'tombstone' : { fenced: false };
}
