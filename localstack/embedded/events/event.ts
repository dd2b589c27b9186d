/** An event on its way, in the envelope that rules match and targets get. */
export interface EventBridgeEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
  /** The JSON of `detail` as its sender wrote it, where that may have whole numbers that lose digits in JavaScript. No part of the event. */
  readonly writtenDetail?: string;
}

/** Milliseconds since 1970 as EventBridge writes times. */
export function eventTime(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
