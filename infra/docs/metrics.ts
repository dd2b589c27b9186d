import type { BookingMetric } from '#schema/metrics.ts';

/** The service's own metrics: what each counts. */
export const metricMeanings: Readonly<Record<BookingMetric | 'ColdStart' | 'InvalidBookingRequest', string>> = {
  ColdStart: 'first invocations of a new environment, by `function_name`',
  InvalidBookingRequest: 'requests with a wrong field, by `operation`',
  SuccessfulReservation: 'bookings that `ReserveBooking` opened',
  FailedReservation: 'bookings that it could not open',
  SuccessfulBooking: 'bookings that `ConfirmBooking` confirmed',
  SuccessfulCancellation: 'bookings that `CloseBooking` closed',
  FailedCancellation: 'bookings that `CancelBooking` or `CloseBooking` could not fence or close',
  SuccessfulNotification: 'messages that were sent',
  FailedNotification:
    'messages that were not, by the notification functions, or by `redrive-booking` for a dead letter about one',
  StuckBookings: 'bookings that the reconciler found unfinished, counted before they are redriven',
  ReconcilerRuns: 'runs of the reconciler, 1 a run',
  AuditedFlights: 'flights that the audit of seat holds has read',
  AuditedSeatHolds: 'seat holds that it has read',
  ReleasedSeatHolds: 'seats that it has given back',
  SeatAuditAgeSeconds: 'seconds since it was last through with all flights',
  LoyaltyPointsEarned: 'points (not bookings) that `credit-loyalty` has credited',
  LoyaltyPointsTakenBack: 'points that it has taken back',
};
