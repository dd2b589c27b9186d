import type { Survivor } from './score.ts';

interface Reason {
  readonly reason: string;
  fits(survivor: Survivor): boolean;
}

/** Why mutants that no test notices are no faults. */
export const survivorReasons: readonly Reason[] = [
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
    reason: 'the message of an error that an operator reads in the log has the input or has it not',
    fits: ({ line }) => line.includes('reportInput: true'),
  },
  {
    reason: 'the text of a message to a person: tests look for what it has to name, not for its words',
    fits: ({ was, became }) => became === '""' || (became === '``' && /[a-z] [a-z]/.test(was)),
  },
];
