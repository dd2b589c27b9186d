import { boxesOf } from '#infra/operations/dlq/boxes.ts';
import { lettersOf } from '#infra/operations/dlq/look.ts';
import type { DeadLetter } from '#schema/dead-letter.ts';
import type { Item } from '#test/support/e2e/saga.ts';
import type { Target } from '#test/support/e2e/target.ts';
import type { Expected } from '#test/support/kill-rounds/audit.ts';
import { type Books, readBooks } from '#test/support/kill-rounds/books.ts';
import { audited } from '#test/support/kill-rounds/checks.ts';
import { settled } from '#test/support/kill-rounds/settle.ts';
import type { Accepted } from './drive.ts';
import type { PlannedBooking } from './plan.ts';

/** So long the redrives of the last bookings may take. */
const settleWithinMs = 120_000;

export interface Judged {
  readonly books: Books;
  readonly letters: Readonly<Record<string, number>>;
  readonly problems: readonly string[];
}

/** Audits the target once nothing is under way: first as the load left it, then after its dead letters were moved back. */
export async function judge(
  target: Target,
  load: { readonly planned: readonly PlannedBooking[]; readonly accepted: readonly Accepted[]; readonly kills: number },
  expected: Expected,
): Promise<Judged> {
  await settled(target, Date.now() + settleWithinMs);
  const before = await readBooks(target);
  const letters = (await lettersOf(target, boxesOf({ stage: 'local' })))
    .filter(({ box }) => box.name === 'dead-letters')
    .map(({ body }) => JSON.parse(body) as DeadLetter);
  const kinds = Object.groupBy(letters, ({ kind }) => kind);
  const { books, problems } = await audited(target, expected);
  return {
    books,
    letters: Object.fromEntries(Object.entries(kinds).map(([kind, ofKind]) => [kind, ofKind.length])),
    problems: [
      ...letterProblems(before.headers, kinds.compensation ?? [], load.kills > 0),
      ...outcomeProblems(books.headers, load.planned, load.accepted),
      ...problems,
    ],
  };
}

/** A booking that is not undone whole has one dead letter, and no other booking has one. */
export function letterProblems(
  headers: ReadonlyMap<string, Item>,
  letters: readonly Pick<DeadLetter, 'trip_id'>[],
  wasKilled: boolean,
): string[] {
  const found: string[] = [];
  const counts = new Map<string, number>();
  for (const { trip_id: id } of letters) counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const [id, { status }] of headers) {
    const count = counts.get(id) ?? 0;
    if (status !== 'CANCELLING' && status !== 'CANCELLED' && status !== 'CONFIRMED')
      found.push(`booking ${id}: ${status}`);
    if (status === 'CANCELLING' && count === 0) found.push(`booking ${id}: CANCELLING without a dead letter`);
    // A run that was killed behind its letter is redriven, and either undoes the rest or writes another letter.
    const most = wasKilled ? count : status === 'CANCELLING' ? 1 : 0;
    if (count > most) found.push(`booking ${id}: ${status} with ${count} dead letters`);
  }
  return found;
}

/** Run types that end as a booking that stands. */
const standing: ReadonlySet<string> = new Set(['success', 'failNotification']);

/** An accepted booking is there, and is not confirmed where one of its steps failed. */
export function outcomeProblems(
  headers: ReadonlyMap<string, Item>,
  planned: readonly PlannedBooking[],
  accepted: readonly Accepted[],
): string[] {
  return accepted.flatMap(({ id, index }) => {
    const status = headers.get(id)?.status;
    const runType = planned[index]?.runType ?? 'success';
    if (status === undefined) return [`booking ${id} was accepted, and is not there`];
    return status === 'CONFIRMED' && !standing.has(runType)
      ? [`booking ${id}: CONFIRMED with run type ${runType}`]
      : [];
  });
}
