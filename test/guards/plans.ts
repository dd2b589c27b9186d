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
];

export async function allPlans(record: Record): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const one of classes) for await (const line of one.plans(record)) lines.push(line);
  return lines;
}

/** At most so many: what is common, then plans that name what the guard is about, then all others, each taken evenly. */
export function plansFor(
  { about }: Pick<Guard, 'about'>,
  all: readonly string[],
  most: number,
  known?: string,
): string[] {
  const isAbout = (line: string): boolean => about.some((name) => new RegExp(`\\b${name}\\b`).test(line));
  const related = spread(all.filter(isAbout), Math.ceil(most * 0.7));
  const chosen = [
    ...(known === undefined ? [] : [known]),
    ...common,
    ...related,
    ...spread(all, most - related.length),
  ];
  return [...new Set(chosen)];
}

function spread(lines: readonly string[], most: number): string[] {
  if (lines.length <= most) return [...lines];
  return Array.from({ length: most }, (_, index) => lines[Math.floor((index * lines.length) / most)] as string);
}
