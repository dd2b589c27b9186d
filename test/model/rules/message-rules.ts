import type { Rule } from './rule.ts';

/** Final messages, and the points that they earn. */
export const messageRules = {
  unfinishedUntilTold: {
    says: 'ConfirmBooking and CloseBooking leave the header on the list of the unfinished.',
    shownBy: 'one',
  },
  redriveTells: {
    says: 'A redrive that finds its own booking CONFIRMED or CANCELLED goes on to the message.',
    shownBy: 'one',
  },
  newerMeansClosed: {
    says: "Where a header stands that has replaced the execution's own, the fence answers that its booking is CANCELLED.",
    shownBy: 'two3',
    with: 'closedIsToldFirst',
  },
  replacedIsToldToo: {
    says: 'CANCELLED is still told where another header has replaced its own.',
    shownBy: 'two3',
    with: 'closedIsToldFirst',
  },
  closedIsToldFirst: {
    says: 'A CANCELLED header that was not told is told before another takes its place.',
    shownBy: 'rebooked',
  },
  notifyReadsTheHeader: {
    says: 'A message is sent only where the header still says it.',
    shownBy: 'one',
  },
  takesOffItsOwn: {
    says: 'A message takes only the header of its own execution off the list of the unfinished.',
    shownBy: 'two',
  },
  takesOffWhatItTold: {
    says: 'It takes it off only with the status that was told.',
    shownBy: 'one',
  },
  keepsRequestedOnTheList: {
    says: 'It leaves a CONFIRMED one with `cancelRequestedAt` there.',
    shownBy: 'one',
  },
  earnsOnce: {
    says: 'A booking earns its points once.',
    shownBy: 'one',
  },
  takenBackOnce: {
    says: 'They are taken back once.',
    shownBy: 'one',
  },
  cancelledFirstNeverEarns: {
    says: 'A booking whose CANCELLED arrives first never earns any.',
    shownBy: 'one',
  },
} as const satisfies Record<string, Rule>;
