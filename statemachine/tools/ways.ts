/** The `Next` of each state that is neither a forward step nor a compensation. */
export const waysOn: Readonly<Record<string, string>> = {
  NotifyBookingConfirmed: 'We have made your booking!',
  SendConfirmationToDeadLetterQueue: 'We have made your booking!',
  CancelBooking: 'PeelBack',
  CloseBooking: 'NotifyBookingFailed',
  NotifyBookingFailed: 'FinalOutcome',
  SendCancellationToDeadLetterQueue: 'FinalOutcome',
  SendToDeadLetterQueue: 'CompensationIncomplete',
};

/** The state that writes a dead letter, for each state whose notification may fail. */
export const lettersOf: Readonly<Record<string, string>> = {
  NotifyBookingConfirmed: 'SendConfirmationToDeadLetterQueue',
  NotifyBookingFailed: 'SendCancellationToDeadLetterQueue',
};

/** Relative to the project, for messages. */
export const waysFile = 'statemachine/tools/ways.ts';

interface End {
  readonly type: 'Succeed' | 'Fail';
  /** `functions/booking/redriving/redrive.ts` leaves a run alone that failed with one of these. */
  readonly error?: string;
}

/** The states in which a run ends. */
export const ends: Readonly<Record<string, End>> = {
  'We have made your booking!': { type: 'Succeed' },
  'We have cancelled your booking': { type: 'Succeed' },
  "Sorry, We Couldn't make the booking": { type: 'Fail', error: 'BookingFailed' },
  CompensationIncomplete: { type: 'Fail', error: 'CompensationFailed' },
  RejectInput: { type: 'Fail', error: 'InvalidSagaInput' },
};
