import type { DeadLetter } from '#schema/dead-letter.ts';
import type { Books } from '#test/support/kill-rounds/books.ts';
import { isRestored, type Plan } from '../plans/plan.ts';
import { layersLeft } from './layers-left.ts';

/** What may be wrong with the letters, at a moment when all is quiet. */
export interface LettersAndBooks {
  readonly letters: readonly DeadLetter[];
  readonly books: Books;
  readonly plan: Plan;
  /** Whether reconciler and audit have run: before, what an event has not told is not known to anybody. */
  readonly isHealed: boolean;
}

/** A booking is being cancelled only with a letter, one of each run that gave it up, and the last one says all that is left. */
export function letterProblems({ letters, books, plan, isHealed }: LettersAndBooks): string[] {
  const { faults } = plan;
  const problems: string[] = [];
  const isSentTwice = faults.some(({ target, kind }) => target.startsWith('SendTo') && sentMoreThanOnce.has(kind));
  // The seat alone is not behind the fence: one that is taken late is released with the booking's letter, or by the audit.
  const isSeatLate = faults.some(({ target, kind }) => target === 'ReserveSeat' && kind !== 'fail');
  const isUntold =
    faults.some(({ run }) => run === 'beside') ||
    (!isHealed && (isRestored(plan) || faults.some(({ target }) => target === 'event' || target === 'write')));
  for (const [id, header] of books.headers) {
    const { status, execution_id: execution } = header;
    const own = letters.filter(({ execution_id, kind }) => execution_id === execution && kind !== 'notification');
    // A run that could not even fence does not know how the booking stands, and its letter says so.
    const isUnfenced = own.some(({ failedLayers }) => 'CancelBooking' in failedLayers);
    // Five redrives that were all stopped before the fence, and a letter that calls for people.
    const isGivenUp = own.some(({ kind }) => kind === 'redrive');
    if (status === 'UNCONFIRMED' && !isUntold && !isGivenUp && (isHealed || !isUnfenced))
      problems.push(`booking ${id} stays UNCONFIRMED`);
    if (status === 'CONFIRMED' && own.length > 0 && !isUnfenced)
      problems.push(`booking ${id} is CONFIRMED with a dead letter`);
    if (status === 'CONFIRMED' && header.cancelRequestedAt !== undefined && !isUntold && !isGivenUp && !isUnfenced)
      problems.push(`booking ${id} stays CONFIRMED, although its cancellation was asked for`);
    if (status !== 'CANCELLING') continue;
    if (own.length === 0 && !isUntold) problems.push(`booking ${id} is CANCELLING without a dead letter`);
    if (new Set(own.map((letter) => letter.execution)).size < own.length && !isSentTwice) {
      problems.push(`booking ${id} has two dead letters of one run`);
    }
    // A letter from before the table was restored does not know what is left since.
    if (own.length === 0 || isRestored(plan)) continue;
    const named = Object.keys(own.at(-1)?.failedLayers ?? {});
    for (const layer of layersLeft(books, header)) {
      if (layer === 'ReleaseSeat' && isSeatLate) continue;
      if (!isNamed(layer, named)) problems.push(`booking ${id}: ${layer} is left to do and its letter names ${named}`);
    }
  }
  return problems;
}

export const sentMoreThanOnce: ReadonlySet<string> = new Set(['lost', 'repeated', 'twice', 'beside', 'late', 'slow']);

/** A run that could not fence, or whose redrives all failed, names no layer. */
const isNamed = (layer: string, named: readonly string[]): boolean =>
  named.includes(layer) || named.includes('CancelBooking') || named.some((name) => name.includes('.'));
