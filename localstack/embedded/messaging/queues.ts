import type { Observe } from '../observer.ts';
import type { Ports } from '../ports.ts';
import type { Store } from '../store/contract.ts';
import type { Environment } from '../types.ts';
import { queueDoesNotExist } from './error-codes.ts';
import type { Queue } from './queue/contract.ts';
import type { Message } from './queue/message.ts';
import { createQueue, messagesOf } from './queue/queue.ts';

export interface QueueDefinition {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** The account's queues, by name and ARN. */
export interface Queues {
  arnOf(name: string): string;
  urlOf(name: string): string;
  find(name: string): Queue | undefined;
  findByArn(arn: string): Queue | undefined;
  all(): Queue[];
  /** Those that give their dead letters to this one. */
  sourcesOf(deadLetters: Queue): Queue[];
  /** With the messages that former processes left in it. */
  create(definition: QueueDefinition): Queue;
  /** To be called once the stack's queues are there: adds those that calls made in former processes. */
  restore(): void;
  /** Keeps a queue that a call has made or changed; those of the stack are at each start as its file says. */
  remember(queue: Queue): void;
  delete(queue: Queue): void;
  /** The queue's policy where it is not, or no longer, the one in the stack's file; empty where it has none. */
  ownPolicyOf(queue: Queue): string | undefined;
  readonly closed: boolean;
  close(): void;
}

interface QueuesOptions {
  readonly environment: Environment;
  readonly publicUrl: () => string;
  readonly store: Store;
  readonly ports: Ports;
  readonly observe?: Observe | undefined;
}

/** Any host will do, as on AWS's own legacy endpoints; the name is the last part. */
export function nameFromUrl(queueUrl: unknown): string {
  const name = typeof queueUrl === 'string' ? queueUrl.split('/').at(-1) : undefined;
  if (!name) throw queueDoesNotExist();
  return name;
}

export function createQueues({ environment, publicUrl, store, ports, observe = () => {} }: QueuesOptions): Queues {
  const queues = new Map<string, Queue>();
  /** With the policies that their file gives them. */
  const ofStack = new Map<Queue, string | undefined>();
  const left = messagesByQueue(store);
  const made = store.collection<Omit<QueueDefinition, 'name'>>('queues');
  let sequence = [...left.values()].flat().reduce((most, message) => Math.max(most, message.sequence), 0);
  let closed = false;

  const arnOf = (name: string) => `arn:aws:sqs:${environment.region}:${environment.accountId}:${name}`;
  const findByArn = (arn: string) => {
    const queue = queues.get(arn.split(':').at(-1) ?? '');
    return queue?.arn === arn ? queue : undefined;
  };
  const nextSequence = () => {
    sequence += 1;
    return sequence;
  };

  function create({ name, attributes, tags }: QueueDefinition): Queue {
    const arn = arnOf(name);
    const queue = createQueue({ name, arn, attributes, tags, ports, store, observe, nextSequence, findByArn });
    queues.set(name, queue);
    queue.adopt(left.get(name) ?? []);
    left.delete(name);
    return queue;
  }

  return {
    arnOf,
    findByArn,
    create,
    urlOf: (name) => `${publicUrl()}/${environment.accountId}/${name}`,
    find: (name) => queues.get(name),
    all: () => [...queues.values()],
    sourcesOf: ({ arn }) => [...queues.values()].filter(({ settings }) => settings.redrive?.targetArn === arn),
    restore() {
      for (const queue of queues.values()) ofStack.set(queue, queue.attributes.Policy);
      for (const [name, definition] of made.entries()) if (!queues.has(name)) create({ name, ...definition });
    },
    remember(queue) {
      if (ofStack.has(queue)) return;
      const { name, attributes, tags } = queue;
      made.put(name, { attributes, tags: Object.fromEntries(tags) });
    },
    delete(queue) {
      queue.purge();
      queues.delete(queue.name);
      made.delete(queue.name);
      queue.wakeReceivers();
    },
    ownPolicyOf(queue) {
      const { Policy: policy } = queue.attributes;
      return ofStack.has(queue) && ofStack.get(queue) === policy ? undefined : (policy ?? '');
    },
    get closed() {
      return closed;
    },
    close() {
      closed = true;
      for (const queue of queues.values()) queue.wakeReceivers();
    },
  };
}

/** What a role of the stack was receiving is visible at once: its receiver died with the process. */
function messagesByQueue(store: Store): Map<string, Message[]> {
  const byQueue = new Map<string, Message[]>();
  for (const [, { queue, message }] of messagesOf(store).entries()) {
    const visible = message.heldInside ? { ...message, hiddenUntil: 0, heldInside: false } : message;
    const known = byQueue.get(queue);
    if (known) known.push(visible);
    else byQueue.set(queue, [visible]);
  }
  return byQueue;
}
