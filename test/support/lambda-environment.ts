/** The environment that the stack and Lambda set for every function; import it before modules that read it at load. */
Object.assign(process.env, {
  POWERTOOLS_SERVICE_NAME: 'booking',
  POWERTOOLS_METRICS_NAMESPACE: 'HolidayBooking/local',
  POWERTOOLS_LOG_LEVEL: 'INFO',
  TABLE_NAME: 'bookings',
  AWS_REGION: 'us-east-1',
  // Lambda's own; Powertools counts no cold start without it.
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
});

export {};
