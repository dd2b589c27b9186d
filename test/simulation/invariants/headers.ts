import type { Observation } from '#embedded/index.ts';
import { nameOfArn } from '#schema/arn.ts';
import type { DeadLetter } from '#schema/dead-letter.ts';
import { unfinishedShardAttribute } from '#schema/table.ts';
import { type Item, plainItem } from '../world/books.ts';
import type { Deeds } from '../world/deeds.ts';
import { arnOf, queues } from '../world/stack.ts';
import { trips } from '../world/trips.ts';

/** What became of every booking that ever had a header. */
export interface Through {
  /** The final status of each execution's booking, the later of two. */
  readonly ended: ReadonlyMap<string, string>;
  /** When the runs were made that have opened or closed a booking. */
  readonly opened: ReadonlySet<string>;
  /** Sentences about confirmed bookings that were undone although no cancellation was asked for. */
  readonly undone: readonly string[];
  /** Sentences about letters that were sent when nothing was left of their booking. */
  readonly needless: readonly string[];
  /** Sentences about runs and headers that say what never was. */
  readonly untrue: readonly string[];
}

/** Reads it off the trace: a header that another booking has replaced is in no table any more. */
export function headersThrough(
  trace: readonly Observation[],
  { cancelled, unwanted, redriven, answers }: Deeds,
): Through {
  const ended = new Map<string, string>();
  const opened = new Set<string>();
  const undone: string[] = [];
  /** Runs that know that their booking is confirmed. */
  const known = new Set<string>();
  const needless: string[] = [];
  const untrue: string[] = [];
  const started = new Set<string>();
  const wereConfirmed = new Set<string>();
  const present = new Map<string, Item>();
  for (const one of trace) {
    if (one.type === 'messageSent' && one.queueArn === arnOf(queues.letters)) {
      const letter = JSON.parse(one.body) as DeadLetter;
      if (!redriven.has(letter.execution) && isNeedless(letter, present.get(letter.trip_id))) {
        needless.push(`a ${letter.kind} letter for ${letter.execution_id}, of which nothing was left`);
      }
    }
    if ('executionArn' in one) started.add(nameOfArn(one.executionArn));
    if (one.type === 'stateExited' && one.state === 'ConfirmBooking' && one.next === 'NotifyBookingConfirmed') {
      const run = nameOfArn(one.executionArn);
      known.add(run);
      if (!wereConfirmed.has(run)) untrue.push(`${run} goes on as confirmed, and its booking never was`);
    }
    if (one.type !== 'itemChanged' || !isHeader(one.key)) continue;
    const before = one.before && plainItem(one.before as never);
    const after = one.after && plainItem(one.after as never);
    const execution = String(after?.execution_id);
    if (after !== undefined) {
      present.set(String(after.id), after);
      opened.add(String(after.startedAt).split('#')[0] ?? '');
    }
    if (after?.status === 'CONFIRMED' || after?.status === 'CANCELLED') ended.set(execution, after.status);
    if (after?.status === 'CONFIRMED') wereConfirmed.add(execution);
    if (after !== undefined && !started.has(execution))
      untrue.push(`a header names ${execution}, which was never started`);
    const was = String(before?.execution_id);
    if (was === execution && isOver(before) && JSON.stringify(before) !== JSON.stringify(after))
      untrue.push(`${was} was cancelled and told, and its header was written again`);
    if (before?.status !== 'CONFIRMED' || after?.status === 'CONFIRMED') continue;
    const isAsked = cancelled.has(was) || unwanted.has(was);
    if (known.has(was) && !isAsked)
      undone.push(`${was} was confirmed and became ${after?.status}, although no cancellation was asked for`);
  }
  const posted = [...started].filter((run) => run.startsWith(`${trips.book}.`) && !/\.run\d|\..*\./.test(run));
  const hasProcessed = answers.some((answer) => answer.includes('"processBooking"'));
  if (posted.length > 1 && !hasProcessed) untrue.push(`one key of a request has started ${posted.join(' and ')}`);
  return { ended, opened, undone, needless, untrue };
}

const isOver = (header: Item | undefined): boolean =>
  header?.status === 'CANCELLED' && !(unfinishedShardAttribute in header);

/** A run whose fence failed does not know how its booking stands, and one whose header is not there may have a charge. */
function isNeedless({ kind, execution_id, failedLayers }: DeadLetter, header: Item | undefined): boolean {
  if (kind === 'notification' || kind === undefined || 'CancelBooking' in failedLayers || header === undefined)
    return false;
  if (header.execution_id !== execution_id) return true;
  return isOver(header);
}

export const isHeader = (key: Readonly<Record<string, unknown>>): boolean =>
  (key.sk as { S?: string } | undefined)?.S === 'BOOKING';
