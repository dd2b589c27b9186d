import type { Observation } from '#embedded/index.ts';
import type { Deeds } from '../world/acts.ts';
import { plainItem } from '../world/books.ts';

/** What became of every booking that ever had a header. */
export interface Through {
  /** The final status of each execution's booking, the later of two. */
  readonly ended: ReadonlyMap<string, string>;
  /** Sentences about confirmed bookings that were undone although nobody asked for it. */
  readonly undone: readonly string[];
}

/** Reads it off the trace: a header that another booking has replaced is in no table any more. */
export function headersThrough(trace: readonly Observation[], { cancelled }: Deeds): Through {
  const ended = new Map<string, string>();
  const undone: string[] = [];
  /** Runs that know that their booking is confirmed. */
  const known = new Set<string>();
  for (const one of trace) {
    if (one.type === 'stateExited' && one.state === 'ConfirmBooking' && one.next === 'NotifyBookingConfirmed') {
      known.add(one.executionArn.slice(one.executionArn.lastIndexOf(':') + 1));
    }
    if (one.type !== 'itemChanged' || !isHeader(one.key)) continue;
    const before = one.before && plainItem(one.before as never);
    const after = one.after && plainItem(one.after as never);
    const execution = String(after?.execution_id);
    if (after?.status === 'CONFIRMED' || after?.status === 'CANCELLED') ended.set(execution, after.status);
    if (before?.status !== 'CONFIRMED' || after?.status === 'CONFIRMED') continue;
    const was = String(before.execution_id);
    const isAsked = before.cancelRequestedAt !== undefined || cancelled.has(String(before.id));
    if (known.has(was) && !isAsked)
      undone.push(`${was} was confirmed and became ${after?.status}, although nobody asked for it`);
  }
  return { ended, undone };
}

const isHeader = (key: Readonly<Record<string, unknown>>): boolean =>
  (key.sk as { S?: string } | undefined)?.S === 'BOOKING';
