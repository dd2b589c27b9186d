import type { Message } from './message.ts';
import type { Settings } from './settings.ts';

interface HandOut {
  /** Older than the queue's retention. */
  readonly expired: readonly Message[];
  /** Received too often already, as they are in the dead-letter queue. */
  readonly dead: readonly Message[];
  readonly received: readonly Message[];
}

export interface HandOutOptions {
  readonly count: number;
  readonly now: number;
  readonly queueArn: string;
  readonly settings: Settings;
  /** Whether the dead-letter queue of the settings is there: without it messages stay. */
  readonly buries: boolean;
  readonly visibilityMs: number;
  readonly inside: boolean;
  readonly newHandle: () => string;
}

/** What becomes of the ready messages, from the first on, when so many are asked for. */
export function handOut(ready: Iterable<Message>, options: HandOutOptions): HandOut {
  const { count, now, settings, buries, visibilityMs, inside } = options;
  const most = buries ? (settings.redrive?.maxReceiveCount ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  const expired: Message[] = [];
  const dead: Message[] = [];
  const received: Message[] = [];
  for (const message of ready) {
    if (received.length >= count) break;
    if (isExpired(message, settings, now)) {
      expired.push(message);
    } else if (message.receiveCount >= most) {
      dead.push({ ...message, hiddenUntil: 0, handle: undefined, deadLetterSource: options.queueArn });
    } else {
      received.push({
        ...message,
        hiddenUntil: now + visibilityMs,
        receiveCount: message.receiveCount + 1,
        firstReceivedAt: message.firstReceivedAt ?? now,
        handle: options.newHandle(),
        heldInside: inside,
      });
    }
  }
  return { expired, dead, received };
}

/** Retention counts from when a message was first sent, in a dead-letter queue too. */
export const isExpired = ({ sentAt }: Message, { retentionMs }: Settings, now: number): boolean =>
  sentAt + retentionMs < now;
