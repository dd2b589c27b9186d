import type { Observation } from '#embedded/index.ts';
import type { DeadLetter } from '#schema/dead-letter.ts';
import { unfinishedShardAttribute } from '#schema/table.ts';
import type { Deeds } from '../world/acts.ts';
import { type Item, plainItem } from '../world/books.ts';
import { arnOf, queues } from '../world/stack.ts';

/** What became of every booking that ever had a header. */
export interface Through {
  /** The final status of each execution's booking, the later of two. */
  readonly ended: ReadonlyMap<string, string>;
  /** Sentences about confirmed bookings that were undone although no cancellation was asked for. */
  readonly undone: readonly string[];
  /** Sentences about letters that were sent when nothing was left of their booking. */
  readonly needless: readonly string[];
}

/** Reads it off the trace: a header that another booking has replaced is in no table any more. */
export function headersThrough(trace: readonly Observation[], { cancelled, unwanted, redriven }: Deeds): Through {
  const ended = new Map<string, string>();
  const undone: string[] = [];
  /** Runs that know that their booking is confirmed. */
  const known = new Set<string>();
  const needless: string[] = [];
  const present = new Map<string, Item>();
  for (const one of trace) {
    if (one.type === 'messageSent' && one.queueArn === arnOf(queues.letters)) {
      const letter = JSON.parse(one.body) as DeadLetter;
      if (!redriven.has(letter.execution) && isNeedless(letter, present.get(letter.trip_id))) {
        needless.push(`a ${letter.kind} letter for ${letter.execution_id}, of which nothing was left`);
      }
    }
    if (one.type === 'stateExited' && one.state === 'ConfirmBooking' && one.next === 'NotifyBookingConfirmed') {
      known.add(one.executionArn.slice(one.executionArn.lastIndexOf(':') + 1));
    }
    if (one.type !== 'itemChanged' || !isHeader(one.key)) continue;
    const before = one.before && plainItem(one.before as never);
    const after = one.after && plainItem(one.after as never);
    const execution = String(after?.execution_id);
    if (after !== undefined) present.set(String(after.id), after);
    if (after?.status === 'CONFIRMED' || after?.status === 'CANCELLED') ended.set(execution, after.status);
    if (before?.status !== 'CONFIRMED' || after?.status === 'CONFIRMED') continue;
    const was = String(before.execution_id);
    const isAsked = before.cancelRequestedAt !== undefined || cancelled.has(was) || unwanted.has(was);
    if (known.has(was) && !isAsked)
      undone.push(`${was} was confirmed and became ${after?.status}, although no cancellation was asked for`);
  }
  return { ended, undone, needless };
}

/** A run whose fence failed does not know how its booking stands, and one whose header is not there may have a charge. */
function isNeedless({ kind, execution_id, failedLayers }: DeadLetter, header: Item | undefined): boolean {
  if (kind === 'notification' || kind === undefined || 'CancelBooking' in failedLayers || header === undefined)
    return false;
  if (header.execution_id !== execution_id) return true;
  return header.status === 'CANCELLED' && !(unfinishedShardAttribute in header);
}

const isHeader = (key: Readonly<Record<string, unknown>>): boolean =>
  (key.sk as { S?: string } | undefined)?.S === 'BOOKING';
