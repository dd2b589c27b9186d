/** Errors that an execution itself ends with, set by the machine's Fail states. */
export const executionErrors = {
  bookingFailed: 'BookingFailed',
  compensationFailed: 'CompensationFailed',
  invalidInput: 'InvalidSagaInput',
} as const;
