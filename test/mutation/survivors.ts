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
  {
    reason:
      'at the very bound either is right: as much time is left as is needed at least, or the header was changed in that very millisecond',
    fits: ({ was, became }) =>
      /^(deps\.)?msLeft\(\) < leastMsLeft$/.test(was) || became === 'header.updatedAt > before',
  },
  {
    reason: 'the result is the same: nothing is as false as `false`',
    fits: ({ file, became, line }) =>
      file.endsWith('ended-execution.ts') && became === '{}' && line.startsWith('} catch'),
  },
  {
    reason:
      'it is only asked of a header that is there and leaves nothing to undo: a run’s own that is CONFIRMED or CANCELLED',
    fits: ({ file, became }) =>
      file.endsWith('nothing-to-undo.ts') && (became === 'true' || became === 'header.executionId'),
  },
  {
    reason: 'it is never reached: a letter that does not say it was refused when it was read',
    fits: ({ line }) => line.includes('The notification letter does not say which notification failed'),
  },
  {
    reason: 'it is never reached: an execution is given up only where its status is known',
    fits: ({ line, became }) => line.startsWith('const why =') && became === '"Stryker was here!"',
  },
  {
    reason: 'the result is the same: `startedAt` ends with the execution’s id, so those of two executions differ',
    fits: ({ became }) => became === "(present.startedAt ?? '') <= startedAtOf(run)",
  },
  {
    reason: 'it is never reached: `npm run lint:asl` refuses a leg without an identity',
    fits: ({ line }) => line === "const [asked = ''] = leg.identity;",
  },
  {
    reason:
      'the result is the same: a charge with our key that is not captured is refunded, and asked again it stays so',
    fits: ({ became, line }) => became === 'true' && line.startsWith('const isOurs ='),
  },
  {
    reason: 'the result is the same: a charge that is not there is of no customer either',
    fits: ({ was, line }) => was === 'status === undefined' && line.endsWith('throw unknownCharge();'),
  },
];

/** The first that fits; undefined means that a test is missing. */
export const reasonOf = (survivor: Survivor): string | undefined =>
  survivorReasons.find(({ fits }) => fits(survivor))?.reason;
