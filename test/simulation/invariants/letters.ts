import type { DeadLetter } from '#schema/dead-letter.ts';
import { unfinishedShardAttribute } from '#schema/table.ts';
import type { Books } from '#test/support/kill-rounds/books.ts';
import type { Fault } from '../plans/plan.ts';
import { layersLeft } from './layers-left.ts';

/** What may be wrong with the letters, at a moment when all is quiet. */
export interface LettersAndBooks {
  readonly letters: readonly DeadLetter[];
  readonly books: Books;
  /** Of the plan. */
  readonly faults: readonly Fault[];
  /** Whether reconciler and audit have run: before, what an event has not told is not known to anybody. */
  readonly isHealed: boolean;
}

/**
 * A booking is being cancelled only with a letter, one of each run that gave it up, and the last one says all that is left. No
 * other booking has one.
 */
export function letterProblems({ letters, books, faults, isHealed }: LettersAndBooks): string[] {
  const problems: string[] = [];
  const isSentTwice = faults.some(({ target, kind }) => target.startsWith('SendTo') && sentMoreThanOnce.has(kind));
  const isUntold = !isHealed && faults.some(({ target }) => target === 'event' || target === 'write');
  for (const [id, header] of books.headers) {
    const { status, execution_id: execution } = header;
    const own = letters.filter(({ execution_id, kind }) => execution_id === execution && kind !== 'notification');
    // A run that could not even fence has left it open, and its letter says so.
    const isFenceLeft = !isHealed && own.some(({ failedLayers }) => 'CancelBooking' in failedLayers);
    if (status === 'UNCONFIRMED' && !isUntold && !isFenceLeft) problems.push(`booking ${id} stays UNCONFIRMED`);
    if (status === 'CONFIRMED' && own.length > 0 && header.cancelRequestedAt === undefined)
      problems.push(`booking ${id} is CONFIRMED with a dead letter`);
    if (status === 'CANCELLED' && own.length > 0 && isTold(header) && !isHealed && !isSentTwice) {
      problems.push(`booking ${id} has a dead letter, and nothing is left of it`);
    }
    if (status !== 'CANCELLING') continue;
    if (own.length === 0 && !isUntold) problems.push(`booking ${id} is CANCELLING without a dead letter`);
    if (new Set(own.map((letter) => letter.execution)).size < own.length && !isSentTwice) {
      problems.push(`booking ${id} has two dead letters of one run`);
    }
    if (own.length === 0) continue;
    const named = Object.keys(own.at(-1)?.failedLayers ?? {});
    for (const layer of layersLeft(books, header)) {
      if (!isNamed(layer, named)) problems.push(`booking ${id}: ${layer} is left to do and its letter names ${named}`);
    }
  }
  for (const { kind, trip_id, execution_id } of letters) {
    const owner = books.headers.get(trip_id)?.execution_id;
    if (kind === 'notification' || owner === undefined || owner === execution_id || isHealed || isSentTwice) continue;
    problems.push(`a ${kind} letter for ${execution_id}, in whose place ${owner} has come`);
  }
  return problems;
}

const sentMoreThanOnce = new Set(['lost', 'repeated', 'twice', 'late', 'slow']);

const isTold = (header: Readonly<Record<string, unknown>>): boolean => !(unfinishedShardAttribute in header);

/** A run that could not fence, or whose redrives all failed, names no layer. */
const isNamed = (layer: string, named: readonly string[]): boolean =>
  named.includes(layer) || named.includes('CancelBooking') || named.some((name) => name.includes('.'));
