import type { Survivor } from './score.ts';

interface Reason {
  readonly reason: string;
  fits(survivor: Survivor): boolean;
}

/** Why mutants that no test notices are no faults. */
const survivorReasons: readonly Reason[] = [
  {
    reason: 'the result is the same: a stay of no time counts no night either way',
    fits: ({ became }) => became === 'Date.parse(to) < Date.parse(from)',
  },
  {
    reason:
      'the flight, which has its own price, has no section in a request, so the condition before it has skipped it',
    fits: ({ file, was }) => file.endsWith('quote.ts') && was === "leg.source.from !== 'request'",
  },
  {
    reason: 'the result is the same: the text `undefined` is no amount either',
    fits: ({ file, was }) => file.endsWith('booking-notification.ts') && was === 'amount !== undefined',
  },
  {
    reason: 'the result is the same: the first element is the whole match, which nothing reads',
    fits: ({ line }) => line.includes('= namePattern.exec(name) ?? []'),
  },
];

/** The first that fits; undefined means that a test is missing. */
export const reasonOf = (survivor: Survivor): string | undefined =>
  survivorReasons.find(({ fits }) => fits(survivor))?.reason;
