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
      /^(deps\.)?msLeft\(\) (<|>=) leastMsLeft$/.test(was) || became === 'header.updatedAt > before',
  },
  {
    reason: 'the run has no time left where flights are still to be taken in, so the loop ends before it audits any',
    fits: ({ line }) => line.includes('finished ? flightsFrom(progress.position, store) : []'),
  },
  {
    reason: 'the result is the same: each hash is the negative of the other, and its sign is left out',
    fits: ({ became }) => became === 'Math.imul(31, hash) - text.charCodeAt(index)',
  },
  {
    reason: 'it is not read: an issue with a path and a message of its own is told by them',
    fits: ({ was, line }) => was === "'custom'" && line.endsWith('message: unfitForMessages });'),
  },
  {
    reason: 'the result is the same: no booking run without its flight’s fields is accepted, so there is none to undo',
    fits: ({ was, became }) => was === "leg.source.from === 'request'" && became === 'true',
  },
  {
    reason: 'the result is the same: a run of `null` has no fields, and an input without fields is refused either way',
    fits: ({ was, became }) => was === 'run !== null' && became === 'true',
  },
  {
    reason: 'the result is the same: the error that reading a field of `null` throws is caught there, too',
    fits: ({ file, became }) => file.endsWith('failure-cause.ts') && became.endsWith('| null).errorMessage'),
  },
  {
    reason: 'the result is the same: a function that ends without a result returns `undefined`',
    fits: ({ file, became, line }) => file.endsWith('redrive.ts') && became === '{}' && line.startsWith('} catch'),
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
    reason: 'the result is the same: a charge that is not there is of no customer either',
    fits: ({ was, line }) => was === 'status === undefined' && line.endsWith('throw unknownCharge();'),
  },
];

/** The first that fits; undefined means that a test is missing. */
export const reasonOf = (survivor: Survivor): string | undefined =>
  survivorReasons.find(({ fits }) => fits(survivor))?.reason;

/** Reasons that no survivor has any more. */
export const reasonsWithout = (survivors: readonly Survivor[]): readonly string[] =>
  survivorReasons.filter(({ fits }) => !survivors.some(fits)).map(({ reason }) => reason);
