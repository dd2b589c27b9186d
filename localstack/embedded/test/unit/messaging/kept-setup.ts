import { beforeEach } from '@jest/globals';
import type { Messaging } from '#embedded/messaging/index.ts';
import type { Change, Store } from '#embedded/store/contract.ts';
import { createStore } from '#embedded/store/index.ts';
import { OUTSIDE, type StackResource } from '#embedded/types.ts';
import { createVirtualTime, type VirtualTime } from '#embedded/virtual-time.ts';
import { aMessaging, aQueue, aSubscription, aTopic, queueArn, urlOf } from './fixture.ts';

export const redrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn('dead'), maxReceiveCount: 2 });
export const stackQueues = [
  aQueue('orders', { redrive_policy: redrivePolicy, visibility_timeout_seconds: 30 }),
  aQueue('dead'),
];

/** What reached the disk, a batch after the other; a kill keeps some first part of them. */
export let batches: (readonly Change[])[];
export let time: VirtualTime;

beforeEach(() => {
  batches = [];
  time = createVirtualTime({ start: Date.parse('2030-01-01T00:00:00Z') });
});

/** Only what JSON carries, and nothing that the process had in memory. */
const written = ({ value, ...change }: Change): Change => ({
  ...change,
  value: value === undefined ? undefined : JSON.parse(JSON.stringify(value)),
});

export function afterAKill(kept: readonly (readonly Change[])[] = batches): Store {
  const last = new Map(kept.flat().map((change) => [`${change.collection} ${change.key}`, change]));
  return createStore({
    load: () => [...last.values()].filter(({ value }) => value !== undefined),
    write: (changes) => void batches.push(changes.map(written)),
    close: async () => {},
  });
}

/** The next process: the former ones are never closed. */
export async function start(queues: readonly StackResource[] = stackQueues, store = afterAKill()): Promise<Messaging> {
  return aMessaging({
    queues,
    topics: [aTopic('news')],
    subscriptions: queues.some(({ name }) => name === 'orders') ? [aSubscription('news', 'orders')] : [],
    store,
    ports: time,
  });
}

export const call = (messaging: Messaging, operation: string, input: Record<string, unknown>) =>
  messaging.sqs.call(operation, { QueueUrl: urlOf('orders'), ...input }, OUTSIDE);

export async function counts(messaging: Messaging, queue = 'orders'): Promise<number[]> {
  const { Attributes } = await call(messaging, 'GetQueueAttributes', {
    QueueUrl: urlOf(queue),
    AttributeNames: ['All'],
  });
  const attributes = Attributes as Record<string, string>;
  return ['', 'NotVisible', 'Delayed'].map((kind) => Number(attributes[`ApproximateNumberOfMessages${kind}`]));
}
