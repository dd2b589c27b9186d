/** Where a state goes on that no order of layers has. */
export const waysOn: Readonly<Record<string, string>> = {
  NotifyBookingConfirmed: 'We have made your booking!',
  SendConfirmationToDeadLetterQueue: 'We have made your booking!',
  CancelBooking: 'PeelBack',
  CloseBooking: 'NotifyBookingFailed',
  NotifyBookingFailed: 'FinalOutcome',
  SendCancellationToDeadLetterQueue: 'FinalOutcome',
  SendToDeadLetterQueue: 'CompensationIncomplete',
};

/** What was not told is written down, by the state that failed to tell it. */
export const lettersOf: Readonly<Record<string, string>> = {
  NotifyBookingConfirmed: 'SendConfirmationToDeadLetterQueue',
  NotifyBookingFailed: 'SendCancellationToDeadLetterQueue',
};
