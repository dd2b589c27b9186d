/**
 * The service's own CloudWatch metrics. Names and dimensions are a contract with dashboards and alarms outside; the stage is
 * in the namespace, so that two stages of one account never ring each other's alarms.
 */
export const metricsNamespaceOf = (stage: string): string => `HolidayBooking/${stage}`;

/** The `service` dimension of every metric. */
export const metricsService = 'booking';

/** Metrics with the dimension `service` alone. */
export const bookingMetrics = [
  'SuccessfulReservation',
  'FailedReservation',
  'SuccessfulBooking',
  'SuccessfulCancellation',
  'FailedCancellation',
  'SuccessfulNotification',
  'FailedNotification',
  'StuckBookings',
  'ReleasedSeatHolds',
  // One for each run of the reconciler, so that its silence can be told from a quiet day.
  'ReconcilerRuns',
  // What a run of the seat audit has looked at, and how long ago the audit last came to its end.
  'AuditedFlights',
  'AuditedSeatHolds',
  'SeatAuditAgeSeconds',
  'LoyaltyPointsEarned',
  'LoyaltyPointsTakenBack',
] as const;

export type BookingMetric = (typeof bookingMetrics)[number];
