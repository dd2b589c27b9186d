import type { Draft, Message } from './message.ts';
import type { Settings } from './settings.ts';
import type { Arrival } from './waiters.ts';

export interface ReceiveOptions {
  /** The queue's own visibility timeout without. */
  readonly visibilityMs?: number | undefined;
  /** Whether the receiver ends with this process: what it holds is visible again at the next start. */
  readonly inside?: boolean;
}

export interface Counts {
  readonly ready: number;
  readonly delayed: number;
  readonly inFlight: number;
}

/** A standard queue. What changes it is kept before it returns. */
export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly tags: Map<string, string>;
  /** SQS's own names; those that were never set have AWS's presets. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly settings: Settings;
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** An empty text takes an attribute away. */
  configure(attributes: Readonly<Record<string, string>>): void;
  /** All of them, or an error and none. */
  send(drafts: readonly Draft[]): Message[];
  /** Up to so many; those that were received too often go to the dead-letter queue instead. */
  receive(count: number, options?: ReceiveOptions): Message[];
  /** Whether so many messages are in flight that no more are handed out. */
  isFull(): boolean;
  /** Of the message of the latest receive with that handle, unless it has been deleted. */
  byHandle(handle: string): Message | undefined;
  isInFlight(message: Message): boolean;
  hide(message: Message, milliseconds: number): void;
  /** In one step. */
  delete(messages: readonly Message[]): void;
  purge(): void;
  /** What a message move task may take. */
  ready(): Message[];
  /** Takes messages out and sends them to another queue as new ones, in one step. */
  moveTo(target: Queue, messages: readonly Message[]): void;
  counts(): Counts;
  /** Starts to wait for a message. Do so before looking for one, or one that arrives in between wakes no receiver. */
  awaitArrival(milliseconds: number): Arrival;
  /** Ends the long polls. */
  wakeReceivers(): void;
  /** For other queues: takes messages that have been kept already. */
  adopt(messages: readonly Message[]): void;
  /** For other queues: makes messages, neither kept nor in the queue yet. */
  drawUp(drafts: readonly Draft[]): Message[];
}
