import type { Rule } from './rule.ts';

/** Who may write the header, and when. */
export const headerRules = {
  tombstone: {
    says: 'A cancellation that finds no header writes one, so that a ReserveBooking that comes late is refused.',
    was: 'noTomb',
    shownBy: 'one',
  },
  tombstoneOverOlder: {
    says: 'A cancellation that finds an older CANCELLED header of its customer writes its own over it.',
    was: 'noTakeover',
    shownBy: 'two3',
  },
  onlyLaterRunsBookAgain: {
    says: 'A CANCELLED header gives way only to a run that started later.',
    was: 'noTicket',
    shownBy: 'two3',
  },
  onlyCancelledIsBookedAgain: {
    says: 'A header gives way only once it is CANCELLED.',
    was: 'rebookCancelling',
    shownBy: 'two3',
  },
  onlyItsCustomerBooksAgain: {
    says: 'A CANCELLED header gives way only to a run of its own customer.',
    shownBy: 'strangers',
  },
  headerRemembersItsRun: {
    says: 'A header remembers when the run that opened it was started: a second run of the name is refused.',
    was: 'noRunStart',
    with: 'closeLooksAtWhatIsLeft',
    shownBy: 'same',
  },
  ownConfirmedIsRefused: {
    says: 'ReserveBooking is refused where its own booking is CONFIRMED.',
    was: 'ownAny',
    with: 'closeLooksAtWhatIsLeft',
    shownBy: 'same',
  },
  ownConfirmedIsSuccess: {
    says: 'ConfirmBooking succeeds where its own booking is CONFIRMED already.',
    was: 'cbNoIdem',
    harmless: 'A commit whose reply is lost is then undone: a booking less, and nothing is left of it.',
  },
  redriveSparesConfirmed: {
    says: 'A redrive does not leave CONFIRMED.',
    was: 'redriveKillsConfirmed',
    shownBy: 'one',
  },
  ownRunSparesConfirmed: {
    says: "A run's own compensation leaves CONFIRMED only after its ConfirmBooking failed.",
    was: 'ownKillsConfirmed',
    shownBy: 'same',
  },
  closeOwnOnly: {
    says: 'CloseBooking closes its own header only.',
    was: 'closeNoOwner',
    shownBy: 'soldout',
  },
  closedByAnotherIsSuccess: {
    says: "CloseBooking succeeds where another execution's header stands: its own was closed before.",
    shownBy: 'two3',
  },
  closeLooksAtWhatIsLeft: {
    says: 'CloseBooking is refused while an item of its execution is left.',
    with: 'closesOnlyWhatIsUndone',
    shownBy: 'one',
  },
  headersStay: {
    says: 'No header is ever deleted.',
    was: 'delAnyHeader',
    shownBy: 'one',
  },
  cancelledHeadersStay: {
    says: 'Not even a CANCELLED header is.',
    was: 'delCancelled',
    shownBy: 'one',
  },
} as const satisfies Record<string, Rule>;
