import { mends } from '#test/simulation/mends/mends.ts';
import { classes } from '#test/simulation/plans/classes/index.ts';
import type { Record } from '#test/simulation/plans/recording.ts';
import type { Guard } from './guard.ts';

/** Plans about nothing in particular, which come first. */
const common = [
  'book',
  'book,cancel',
  'book,cancel,book',
  'book,book',
  'book,forget,again',
  'book,cancel,forget,again',
  'post,cancel,forget,post',
  'misnamed',
  'post,post',
  'post,post,cancel,cancel',
  'book TakePayment=fail',
  'book TakePayment=lost',
  'book ConfirmBooking=lost*4',
  'book run=stop@TakePayment',
  'book TakePayment=fail RefundPayment=fail',
  'book,reconcile,audit',
  ...Object.values(mends).map(({ plan }) => plan),
];

/** Of what guards refuse: between them they need most guards, and they are few. */
const pointed: ReadonlySet<string> = new Set(['seats', 'charges', 'overtaken']);

export interface AllPlans {
  readonly pointed: readonly string[];
  readonly others: readonly string[];
}

export async function allPlans(record: Record): Promise<AllPlans> {
  const lines: { pointed: string[]; others: string[] } = { pointed: [], others: [] };
  for (const one of classes) {
    const own = pointed.has(one.name) ? lines.pointed : lines.others;
    // Plans that chance makes take time to make, and add nothing that the other classes have not.
    for await (const line of one.plans(record)) if (typeof line === 'string') own.push(line);
  }
  return lines;
}

/** Plans that between them meet every condition of every write. */
export const meeting: readonly string[] = [
  ...common,
  'book,book TakePayment=fail',
  'book,cancel,book b/ReserveBooking=fail',
  'book NotifyBookingConfirmed=fail',
  'book run=stop@TakePayment event=cut',
  'book,book,audit',
  'unpaid',
  'book ReserveSeat=late@end',
];

/**
 * Those that are likely to need the guard come first: the one that is known to, what the guard itself names, what is common, what
 * is pointed at guards. Then at most so many others: those that name what the guard is about, then any, each taken evenly.
 */
export function plansFor(
  { about, lines = [] }: Pick<Guard, 'about' | 'lines'>,
  all: AllPlans,
  most: number,
  known?: string,
): string[] {
  const isAbout = (line: string): boolean => about.some((name) => new RegExp(`\\b${name}\\b`).test(line));
  const related = spread(all.others.filter(isAbout), Math.ceil(most * 0.7));
  const chosen = [
    ...(known === undefined ? [] : [known]),
    ...lines,
    ...common,
    ...all.pointed.filter(isAbout),
    ...spread(
      all.pointed.filter((line) => !isAbout(line)),
      most * 2,
    ),
    ...related,
    ...spread(all.others, most - related.length),
  ];
  return [...new Set(chosen)];
}

function spread(lines: readonly string[], most: number): string[] {
  if (lines.length <= most) return [...lines];
  return Array.from({ length: most }, (_, index) => lines[Math.floor((index * lines.length) / most)] as string);
}
