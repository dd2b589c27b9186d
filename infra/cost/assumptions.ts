/** What no source tells: our own estimates, to be replaced by figures of a deployed stage. */
export const assumptions = {
  /** Of an invocation at 512 MB, besides its calls. */
  millisecondsAnInvocation: 5,
  /** Of a call of another service. */
  millisecondsACall: 12,
  /** X-Ray samples one request a second and this share of all others. */
  sampled: 0.05,
  /** Step Functions' log has so many bytes an event where it leaves the data out. */
  bytesAnEvent: 350,
  /** Log lines are kept compressed to this share. */
  compressed: 0.15,
  /** API Gateway has so many detailed metrics a route, each billed as one of our own; not checked. */
  metricsARoute: 6,
  /** Lambda polls an empty queue with five long polls of 20 seconds. */
  emptyReceivesAMinute: 15,
} as const;
