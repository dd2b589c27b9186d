import type { Observation } from '#embedded/index.ts';
import { bookingOf } from '#functions/booking/booking.ts';
import { plainItem } from '../world/books.ts';
import type { Deeds } from '../world/deeds.ts';
import { isHeader } from './headers.ts';

const compared = ['id', 'status', 'createdAt', 'updatedAt', 'bookingReference'] as const;

type Shown = Readonly<Record<string, unknown>>;

const textOf = (shown: Shown): string => compared.map((field) => shown[field] ?? '').join(' ');

/** A list may show what was, but never what was not, nor a booking twice. */
export function answerProblems(trace: readonly Observation[], { shown }: Pick<Deeds, 'shown'>): readonly string[] {
  if (shown.length === 0) return [];
  const were = new Set<string>();
  for (const one of trace) {
    if (one.type === 'itemChanged' && isHeader(one.key) && one.after !== undefined)
      were.add(textOf(bookingOf(plainItem(one.after as never)) as unknown as Shown));
  }
  return shown.flatMap((page) => [
    ...page.filter((one) => !were.has(textOf(one))).map((one) => `a list shows "${textOf(one)}", which never was`),
    ...(new Set(page.map(({ id }) => id)).size < page.length ? ['a list shows a booking twice'] : []),
  ]);
}
