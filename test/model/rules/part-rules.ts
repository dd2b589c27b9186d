import type { Rule } from './rule.ts';

/** Legs, seats and the payment. */
export const partRules = {
  reservesBehindFence: {
    says: 'Reservations and payments are written only while the own header is UNCONFIRMED.',
    was: 'noFence',
    shownBy: 'one',
  },
  reserveNeverOverwrites: {
    says: 'They are put where there is no item; an own one is success without a write.',
    was: 'putOver',
    shownBy: 'one',
  },
  confirmNeverInserts: {
    says: 'A confirmation of what is not there fails.',
    was: 'confirmUpsert',
    shownBy: 'one',
  },
  confirmOwnOnly: {
    says: "A confirmation of another execution's item fails.",
    was: 'confirmNoOwner',
    harmless: 'It confirms what the other run, which is at work, is about to confirm, or deletes as its own.',
  },
  deleteOwnOnly: {
    says: 'A cancellation deletes items of its own execution only.',
    was: 'delAny',
    shownBy: 'twod',
  },
  chargeKeyNamesExecution: {
    says: "The gateway's idempotency key names the execution beside the payment.",
    was: 'payKeyTrip',
    shownBy: 'twod',
  },
  refundBeforeDelete: {
    says: 'RefundPayment calls the gateway before it deletes the item.',
    was: 'refundDelFirst',
    shownBy: 'one',
  },
  seatNeedsNoFence: {
    says: 'ReserveSeat is not fenced.',
    was: 'seatFenced',
    harmless: 'It is a relief, not a guard: a fence on the seat would be a second one, beside the reconciler.',
  },
  reconcilerReleasesHolds: {
    says: 'The reconciler releases a seat that no live booking holds.',
    was: 'noRecHolds',
    shownBy: 'one',
  },
  holdsBeforeHeaders: {
    says: 'It reads the holds before the headers.',
    was: 'recHeaderFirst',
    shownBy: 'one',
  },
} as const satisfies Record<string, Rule>;
