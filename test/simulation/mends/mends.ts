import type { Patch } from './patch.ts';

/** What was mended after it had been found by hand. Taken out, the simulator has to find it again. */
export interface Mend {
  readonly about: string;
  readonly patches: readonly Patch[];
  /** The smallest plan that shows what it is for. */
  readonly plan: string;
  /** Of the violation. */
  readonly says: string;
}

const machine = 'statemachine/booking-saga.asl.json';

export const mends: Readonly<Record<string, Mend>> = {
  V1: {
    about: 'a run that is started again under a name that was forgotten leaves the confirmed booking alone',
    patches: [
      {
        file: machine,
        find: '"ErrorEquals": ["BookingAlreadyExistsError"],\n          "ResultPath": "$.ReserveBookingError",\n          "Next": "FinalOutcome"',
        replace:
          '"ErrorEquals": ["BookingAlreadyExistsError"],\n          "ResultPath": "$.ReserveBookingError",\n          "Next": "CancelBooking"',
      },
      {
        file: 'functions/booking/steps/booking-steps.ts',
        find: "run.action === 'cancel' ? run.cause === 'customer' : 'ConfirmBookingError' in run",
        replace: "run.action === 'cancel' ? run.cause === 'customer' : true",
      },
    ],
    plan: 'book,forget,again',
    says: 'was confirmed and became CANCELLING, although no cancellation was asked for',
  },
  V4: {
    about:
      'a redrive that finds its own booking confirmed or cancelled sends the message that the ended run may not have sent',
    patches: [
      {
        file: machine,
        find: '"Next": "NotifyBookingConfirmed"\n        },\n        {\n          "Comment": "Everything was undone before',
        replace: '"Next": "FinalOutcome"\n        },\n        {\n          "Comment": "Everything was undone before',
      },
    ],
    plan: 'book run=stop@ConfirmBooking',
    says: 'ended CONFIRMED and was told last to be nothing',
  },
  V5a: {
    about:
      'an id whose second run was refused can be booked again: that run is known to be over, and the next one starts under a name of its own',
    patches: [
      { file: 'functions/booking/accepting/new-run.ts', find: 'laterThan(header, now())', replace: 'now()' },
      {
        file: 'functions/booking/accepting/book-once.ts',
        find: "header?.status === 'CANCELLED' && (await isOfRefusedRun(caller, own, ports))",
        replace: 'false',
      },
      {
        file: 'functions/booking/accepting/book-once.ts',
        find: 'refused.length < maxRefusedRuns',
        replace: 'false',
      },
    ],
    plan: 'process,cancel,process-behind,process',
    says: 'was told to be under way, and never comes to an end',
  },
  V5b: {
    about:
      "a redrive of a trip's second run writes its tombstone over the first one's cancelled header, so that a late opening is refused",
    patches: [
      {
        file: 'functions/booking/steps/fence-verdict.ts',
        find: "if (makesRoomFor(run, present)) return 'tombstone';",
        replace: '',
      },
    ],
    plan: 'book,cancel,book b/ReserveBooking=orphan@b.rr-1/end',
    says: 'stays UNCONFIRMED',
  },
  V6: {
    about:
      'a cancel run that finds another booking in the place of its own has nothing to close, and sends no dead letter',
    patches: [
      {
        file: 'functions/booking/steps/dynamodb-header-store.ts',
        find: "present.execution_id === execution_id ? present.status === 'CANCELLED' : present.execution_id !== undefined;",
        replace: "present.execution_id === execution_id && present.status === 'CANCELLED';",
      },
    ],
    plan: 'book,undo-customer+undo+book@a.by-hand-redrive/end a.by-hand-customer/CloseBooking=held@b/ReserveHotel',
    says: 'a compensation letter for trip.run1, of which nothing was left',
  },
};
