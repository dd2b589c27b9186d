import type { Observe } from '../../observer.ts';
import type { Ports } from '../../ports.ts';
import type { Store } from '../../store/contract.ts';
import type { Queue } from './contract.ts';
import { handOut, isExpired } from './hand-out.ts';
import type { Draft, Message } from './message.ts';
import { changedAttributes, presetAttributes, settingsOf } from './settings.ts';
import { createShelf } from './shelf.ts';
import { createWaiters } from './waiters.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const inFlightLimit = 120_000;

export interface QueueParts {
  readonly name: string;
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly ports: Ports;
  readonly store: Store;
  readonly observe: Observe;
  /** Counts the messages of all queues. */
  readonly nextSequence: () => number;
  readonly findByArn: (arn: string) => Queue | undefined;
}

/** One for all queues: a message that goes to a dead-letter queue keeps its key, so one record says where it is. */
export const messagesOf = (store: Store) => store.collection<{ queue: string; message: Message }>('messages');

/** In the order in which messages were sent. */
const keyOf = ({ sequence }: Message): string => String(sequence).padStart(12, '0');

/** What happens is kept first and done in memory afterwards, so that an error of the disk changes nothing. */
export function createQueue(parts: QueueParts): Queue {
  const { name, arn, store, observe, nextSequence, findByArn } = parts;
  const { clock, randomness, scheduler } = parts.ports;
  const shelf = createShelf();
  const records = messagesOf(store);
  const waiters = createWaiters(scheduler, () => shelf.nextDue() - clock.now(), wake);
  const createdAt = clock.now();
  let modifiedAt = createdAt;
  let attributes: Readonly<Record<string, string>> = changedAttributes(presetAttributes, parts.attributes);
  let settings = settingsOf(attributes);

  function wake(): void {
    if (shelf.wake(clock.now())) waiters.wake();
  }

  function put(messages: readonly Message[]): void {
    for (const message of messages) shelf.put(message, clock.now());
    waiters.rearm();
  }

  function adopt(messages: readonly Message[]): void {
    put(messages);
    waiters.wake();
  }

  function drawUp(drafts: readonly Draft[]): Message[] {
    const sentAt = clock.now();
    return drafts.map(({ delayMs = settings.delayMs, ...draft }) => ({
      ...draft,
      id: randomness.uuid(),
      sequence: nextSequence(),
      sentAt,
      hiddenUntil: sentAt + delayMs,
      receiveCount: 0,
    }));
  }

  function keep(messages: readonly Message[], inQueue: Pick<Queue, 'name'> = queue): void {
    for (const message of messages) records.put(keyOf(message), { queue: inQueue.name, message });
  }

  function forget(messages: readonly Message[]): void {
    for (const message of messages) records.delete(keyOf(message));
  }

  function remove(messages: readonly Message[]): void {
    store.batch(() => forget(messages));
    for (const message of messages) shelf.remove(message);
  }

  function refresh(): void {
    wake();
    remove(shelf.all().filter((message) => isExpired(message, settings, clock.now())));
  }

  function tell(type: 'messageSent' | 'messageDelivered', messages: readonly Message[]): void {
    for (const { id: messageId, body } of messages) observe({ type, queueArn: arn, messageId, body });
  }

  const queue: Queue = {
    name,
    arn,
    tags: new Map(Object.entries(parts.tags)),
    createdAt,
    get modifiedAt() {
      return modifiedAt;
    },
    get attributes() {
      return attributes;
    },
    get settings() {
      return settings;
    },
    configure(changed) {
      attributes = changedAttributes(attributes, changed);
      settings = settingsOf(attributes);
      modifiedAt = clock.now();
    },
    adopt,
    drawUp,
    send(drafts) {
      const messages = drawUp(drafts);
      store.batch(() => keep(messages));
      adopt(messages);
      tell('messageSent', messages);
      return messages;
    },
    receive(count, { visibilityMs = settings.visibilityMs, inside = false } = {}) {
      wake();
      const deadLetters = settings.redrive && findByArn(settings.redrive.targetArn);
      const { expired, dead, received } = handOut(shelf.ready.values(), {
        count: Math.min(count, inFlightLimit - shelf.inFlight.size),
        now: clock.now(),
        queueArn: arn,
        settings,
        buries: deadLetters !== undefined,
        visibilityMs,
        inside,
        newHandle: randomness.uuid,
      });
      store.batch(() => {
        forget(expired);
        keep(dead, deadLetters);
        keep(received);
      });
      for (const message of [...expired, ...dead]) shelf.remove(message);
      put(received);
      if (deadLetters) {
        deadLetters.adopt(dead);
        for (const { id: messageId } of dead) {
          observe({ type: 'messageDead', queueArn: arn, deadLetterArn: deadLetters.arn, messageId });
        }
      }
      tell('messageDelivered', received);
      return [...received];
    },
    isFull: () => shelf.inFlight.size >= inFlightLimit,
    byHandle: (handle) => shelf.byHandle(handle),
    isInFlight({ id }) {
      wake();
      return shelf.inFlight.has(id);
    },
    hide(message, milliseconds) {
      const hidden = { ...message, hiddenUntil: clock.now() + milliseconds };
      keep([hidden]);
      adopt([hidden]);
    },
    delete: remove,
    purge: () => remove(shelf.all()),
    ready() {
      refresh();
      return [...shelf.ready.values()];
    },
    moveTo(target, messages) {
      const fresh = target.drawUp(messages.map(asDraft));
      store.batch(() => {
        keep(fresh, target);
        forget(messages);
      });
      for (const message of messages) shelf.remove(message);
      target.adopt(fresh);
      for (const { id: messageId, body } of fresh) {
        observe({ type: 'messageSent', queueArn: target.arn, messageId, body });
      }
    },
    counts() {
      refresh();
      return { ready: shelf.ready.size, delayed: shelf.delayed.size, inFlight: shelf.inFlight.size };
    },
    awaitArrival: waiters.await,
    wakeReceivers: waiters.wake,
  };
  return queue;
}

const asDraft = ({ body, attributes, senderId, groupId, traceHeader }: Message): Draft => ({
  body,
  attributes,
  senderId,
  groupId,
  traceHeader,
  delayMs: 0,
});
