import type { BookingEvent } from './booking-event.ts';

/**
 * What stands in the dead-letter queue. `compensation` and `notification` are written by the state machine's SQS
 * integration, `redrive` by the redrive function after its last try.
 */
export const deadLetterKinds = ['compensation', 'notification', 'redrive'] as const;
export type DeadLetterKind = (typeof deadLetterKinds)[number];

export interface DeadLetter {
  readonly kind: DeadLetterKind;
  readonly trip_id: string;
  readonly execution_id: string;
  /** The execution that gave up: its ARN. */
  readonly execution: string;
  /** The input that this execution was started with; `cancelRunInput` of it starts the machine to undo the rest. */
  readonly input: Record<string, unknown>;
  /** By state name, what failed and why. */
  readonly failedLayers: Readonly<Record<string, { readonly Error: string; readonly Cause: string }>>;
}

/** One failure that a dead letter tells of. */
export interface LetterFailure {
  /** The state of the saga that failed; undefined where the letter is of a function that no state calls. */
  readonly layer: string | undefined;
  readonly error: string | undefined;
  /** The message alone. */
  readonly cause: string | undefined;
}

/** What the customer was not told, by the state that failed to. */
const untold: ReadonlyMap<string, BookingEvent['status']> = new Map([
  ['NotifyBookingConfirmed', 'CONFIRMED'],
  ['NotifyBookingFailed', 'CANCELLED'],
]);

/** The status that the message of a `notification` letter is about. */
export const untoldStatus = (letter: {
  readonly failedLayers: Readonly<Record<string, unknown>>;
}): BookingEvent['status'] | undefined =>
  Object.keys(letter.failedLayers)
    .map((state) => untold.get(state))
    .find((status) => status !== undefined);
