import type { Rule } from './rule.ts';

/** How runs go on, and who starts them again. */
export const runRules = {
  noFenceNoUndo: {
    says: 'A run whose CancelBooking fails undoes nothing.',
    was: 'fenceGoesOn',
    shownBy: 'one',
  },
  unknownReserveUndoesAll: {
    says: 'A ReserveBooking of unknown outcome undoes all layers: an earlier run of its name may have got further.',
    was: 'rbEntersLow',
    with: 'closeLooksAtWhatIsLeft',
    shownBy: 'same',
  },
  refusedUndoesNothing: {
    says: 'A ReserveBooking that is refused ends the run without CancelBooking.',
    was: 'refusedCancels',
    harmless:
      'A refusal that goes the way of an unknown outcome comes to the same end, as it does where a target loses error names.',
  },
  closesOnlyWhatIsUndone: {
    says: 'A run with a layer that failed does not go on to CloseBooking.',
    was: 'closeAlways',
    with: 'closeLooksAtWhatIsLeft',
    shownBy: 'one',
  },
  redriveGoesByItsInput: {
    says: "A redrive undoes the ended run's own execution, not the one that the header names.",
    was: 'redriveHeaderId',
    shownBy: 'two',
  },
  redriveKeepsItsCause: {
    says: "A redrive of a customer's cancellation is for the customer, too.",
    was: 'custLost',
    with: 'reconcilerCancelsForTheCustomer',
    shownBy: 'one',
  },
  eventIsTheTruth: {
    says: 'The event alone says that a run has ended; a stale read that says it is running drops no redrive.',
    shownBy: 'two3',
    with: 'closedIsToldFirst',
  },
  reconcilerRedrives: {
    says: 'The reconciler redrives what is unfinished and has no run.',
    shownBy: 'lost',
  },
  reconcilerCancelsForTheCustomer: {
    says: 'It cancels a CONFIRMED booking with `cancelRequestedAt` for the customer.',
    shownBy: 'one',
  },
  markMakesUnfinished: {
    says: "DELETE's mark puts the header on the list of the unfinished.",
    shownBy: 'one',
  },
  marksBeforeItStarts: {
    says: 'DELETE marks first, then starts the cancel run.',
    shownBy: 'lost',
  },
} as const satisfies Record<string, Rule>;
