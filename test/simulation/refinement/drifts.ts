import type { RuleName } from '#test/model/rules/rules.ts';
import type { Patch } from '../mends/patch.ts';

/** Rules that the service keeps and the model, without them, does not: the smallest plan that shows each. */
export const rulesShown: Partial<Readonly<Record<RuleName, string>>> = {
  unfinishedUntilTold: 'book',
  refundBeforeDelete: 'book TakePayment=lost',
  markMakesUnfinished: 'book,cancel',
  marksBeforeItStarts: 'book,cancel',
  chargeKeyNamesExecution: 'book,book ReserveHotel=fail',
  refusedUndoesNothing: 'book,book',
  redriveSparesConfirmed: 'book NotifyBookingConfirmed=hang',
  reconcilerRedrives: 'book NotifyBookingConfirmed=hang',
  redriveTells: 'book NotifyBookingConfirmed=hang',
  closesOnlyWhatIsUndone: 'book,cancel a.cancel/RefundPayment=lost*4',
  reconcilerCancelsForTheCustomer: 'book,cancel a.cancel/RefundPayment=lost*4',
  tombstone: 'book ReserveBooking=fail',
  noFenceNoUndo: 'book ReserveBooking=fail CancelBooking=fail',
  redriveGoesByItsInput: 'book ReserveBooking=fail CancelBooking=fail',
  unknownReserveUndoesAll: 'book ReserveBooking=fail',
  reservesBehindFence: 'book ReserveHotel=late@end',
  seatNeedsNoFence: 'book ReserveSeat=late@end',
  reconcilerReleasesHolds: 'book ReserveSeat=late@end',
  ownConfirmedIsSuccess: 'book ConfirmBooking=repeated',
  tombstoneOverOlder: 'book,book ReserveHotel=late@act2 b/ReserveBooking=fail',
  reserveNeverOverwrites: 'book ReserveHotel=slow@ConfirmBooking',
  confirmNeverInserts: 'book ConfirmHotelBooking=late@CloseBooking',
  deleteOwnOnly: 'book,book ConfirmBooking=fail CancelHotelReservation=slow@healed',
  redriveKeepsItsCause: 'book,cancel a.cancel/CloseBooking=late@end',
  onlyCancelledIsBookedAgain: 'book,book run=stop@ReserveBooking a.rr-1/CloseBooking=fail',
  newerMeansClosed: 'book,cancel,book run=stop@ConfirmBooking a.rr-1/CancelBooking=fail',
  notifyReadsTheHeader: 'book,cancel NotifyBookingConfirmed=late@a.cancel/RefundPayment',
  closedIsToldFirst: 'book,book TakePayment=fail NotifyBookingFailed=fail',
  closeOwnOnly: 'book,cancel,letters,book,cancel a.cancel/CloseBooking.UpdateItem=late@b.cancel/RefundPayment',
  confirmOwnOnly: 'book,book ConfirmHotelBooking=late@b/TakePayment',
  onlyLaterRunsBookAgain: 'book,book,cancel ReserveBooking=late@healed',
};

const retried = 'the late write may as well be that of the retry, which only publishes the same message again';
const loyalty = 'the model has points only at an end, and a subscriber of its own';

/** The other rules, and why no plan shows them: without them the model may do more, and what it does is not told apart. */
export const rulesNotShown: Partial<Readonly<Record<RuleName, string>>> = {
  headersStay: 'no code deletes a header, so a model that may delete one explains as much',
  cancelledHeadersStay: 'as headersStay',
  onlyItsCustomerBooksAgain: 'walks have one customer',
  headerRemembersItsRun: 'walks have no two runs of one name',
  ownConfirmedIsRefused: 'as headerRemembersItsRun',
  ownRunSparesConfirmed: 'as headerRemembersItsRun',
  eventIsTheTruth: 'without it an event may be dropped, and one that is dropped is not seen',
  closedByAnotherIsSuccess: 'the answer of the late CloseBooking, which would show it, goes to a run that has ended',
  closeLooksAtWhatIsLeft: 'closesOnlyWhatIsUndone covers for it',
  holdsBeforeHeaders: 'without it the model may decide to release more seats, and a release of no seat is not seen',
  replacedIsToldToo: 'closedIsToldFirst has told it already',
  takesOffItsOwn: retried,
  takesOffWhatItTold: retried,
  keepsRequestedOnTheList: retried,
  earnsOnce: loyalty,
  takenBackOnce: loyalty,
  cancelledFirstNeverEarns: loyalty,
};

/** The service drifts away: conditions and orders of its writes are changed as the files are loaded, all in one process. */
export const codeDrifts: {
  readonly patches: readonly Patch[];
  readonly plans: readonly string[];
  /** What the model does not explain, of each plan. */
  readonly seen: readonly string[];
} = {
  patches: [
    {
      file: 'functions/payment/payment.ts',
      find: '  const token = chargeableToken(trip);',
      replace:
        '  await reservations.remove(trip, keys.payment(trip.trip_id, id));\n  const token = chargeableToken(trip);',
    },
    {
      file: 'functions/shared/saga/dynamodb-reservation-store.ts',
      find: "'#status = :open AND execution_id = :execution'",
      replace: "'(#status = :open OR NOT #status = :open) AND execution_id = :execution'",
    },
  ],
  plans: ['book,cancel', 'book ReserveHotel=late@end'],
  seen: ['RefundPayment of a.cancel writes', 'ReserveHotel of a writes'],
};
