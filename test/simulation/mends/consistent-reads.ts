import type { Mend } from './mends.ts';

/** Reads that have to be consistent. Where one of them is not, a plan in which it shows a former state breaks a promise. */
export const consistentReads: Readonly<Record<string, Mend>> = {
  close: {
    about: 'CloseBooking sees that nothing is left, and sends no dead letter',
    patches: [
      {
        file: 'functions/booking/steps/dynamodb-header-store.ts',
        find: '        ConsistentRead: true,\n',
        replace: '',
      },
    ],
    plan: 'book,cancel a.cancel/CloseBooking.Query=former*4',
    says: 'a compensation letter of arn:aws:states:us-east-1:000000000000:execution:booking-saga-local-process-booking:trip.run1.cancel, although',
  },
  standing: {
    about: 'a notification sees that the booking stands as it says, and is sent at once',
    patches: [
      {
        file: 'functions/notification/dynamodb-told-bookings.ts',
        find: '          ConsistentRead: true,\n',
        replace: '',
      },
    ],
    plan: 'book NotifyBookingConfirmed.GetItem=former',
    says: 'trip.run1.rr-1 redrives what has ended by itself',
  },
  reconciler: {
    about: 'the reconciler, whose index is behind, sees that a booking is finished',
    patches: [
      {
        file: 'functions/booking/reconciling/dynamodb-reconciler-store.ts',
        find: ', ConsistentRead: true }',
        replace: ' }',
      },
    ],
    plan: 'book,wait,reconcile beside/reconcile-bookings.Query=former*8 beside/reconcile-bookings.GetItem=former',
    says: 'trip.run1.rr-1 redrives what has ended by itself',
  },
  holders: {
    about: "the audit of seat holds sees each hold's booking",
    patches: [
      {
        file: 'functions/booking/auditing/dynamodb-seat-audit-store.ts',
        find: "ExpressionAttributeNames: { '#status': 'status' },\n        ConsistentRead: true,",
        replace: "ExpressionAttributeNames: { '#status': 'status' },",
      },
    ],
    plan: 'book,cancel,book,audit beside/audit-seat-holds.BatchGetItem=former-4',
    says: 'booking trip: CONFIRMED without a seat',
  },
  reader: {
    about: 'a customer cancels what was confirmed a moment ago',
    patches: [
      {
        file: 'functions/booking/reading/dynamodb-booking-reader.ts',
        find: ', ConsistentRead: true }',
        replace: ' }',
      },
    ],
    plan: 'book,cancel beside/bookings.GetItem=former-2',
    says: 'DELETE /bookings/{id} answers 409 for a confirmed booking',
  },
};
