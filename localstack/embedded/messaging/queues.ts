import type { Observe } from '../observer.ts';
import type { Environment } from '../types.ts';
import { queueDoesNotExist } from './error-codes.ts';
import type { Fauxqs, FauxqsAction, Queue, QueuedMessage } from './fauxqs.ts';
import type { KeptMessages } from './kept-messages.ts';
import { messagesOf } from './observed-messages.ts';

/** Names, ARNs and waiting: what the SQS operations need of the queues besides the library's own actions. */
export interface Queues {
  arnOf(name: string): string;
  urlOf(name: string): string;
  find(name: string): Queue | undefined;
  findByArn(arn: string): Queue | undefined;
  all(): Queue[];
  /** Those that give their dead letters to this one. */
  sourcesOf(deadLetters: Queue): Queue[];
  create(name: string, attributes: Record<string, string>, tags: Record<string, string>): string;
  delete(queue: Queue): void;
  /** Takes a waiting message out for good. */
  remove(queue: Queue, message: QueuedMessage): void;
  /** Runs one of the library's actions on one queue, then sees to the timers that it may have moved. */
  run(action: FauxqsAction, input: Record<string, unknown>, queue: Queue): Promise<Record<string, unknown>>;
  /** Starts to wait for a message. Do so before looking for one, or one that arrives in between wakes nobody. */
  awaitArrival(queue: Queue, timeoutMs: number): Arrival;
  readonly closed: boolean;
  close(): void;
}

export interface Arrival {
  /** Resolves when the queue may have a message, when the time is up, and when everything closes. */
  readonly settled: Promise<void>;
  cancel(): void;
}

/** Any host will do, as on AWS's own legacy endpoints; the name is the last part. */
export function nameFromUrl(queueUrl: unknown): string {
  const name = typeof queueUrl === 'string' ? queueUrl.split('/').at(-1) : undefined;
  if (!name) throw queueDoesNotExist();
  return name;
}

export function createQueues(
  fauxqs: Fauxqs,
  environment: Environment,
  publicUrl: () => string,
  kept?: Pick<KeptMessages, 'forget'>,
  observe: Observe = () => {},
): Queues {
  const { store, actions } = fauxqs;
  const dueTimers = new Map<Queue, NodeJS.Timeout>();
  const arnOf = (name: string) => `arn:aws:sqs:${environment.region}:${environment.accountId}:${name}`;
  let closed = false;

  // The library polls every 20 ms while somebody waits. One timer for the next message that falls due costs nothing.
  function armTimer(queue: Queue): void {
    clearTimeout(dueTimers.get(queue));
    dueTimers.delete(queue);
    if (queue.pollWaiters.length === 0) return;
    const due = nextDue(queue);
    if (due === Number.POSITIVE_INFINITY) return;
    const timer = setTimeout(
      () => {
        queue.processTimers();
        armTimer(queue);
      },
      Math.max(1, due - Date.now()),
    );
    dueTimers.set(queue, timer);
  }

  const findByArn = (arn: string) => {
    const queue = store.getQueueByName(arn.split(':').at(-1) ?? '');
    return queue?.arn === arn ? queue : undefined;
  };

  /** The library looks queues up in a store; this one knows the queue at hand and its dead-letter queue. */
  const storeOf = (queue: Queue) => ({
    getQueue: () => queue,
    getQueueByArn: (arn: string) => {
      const deadLetters = findByArn(arn);
      return (
        deadLetters && {
          enqueue: (message: Parameters<Queue['enqueue']>[0]) => {
            message.deadLetterSource = queue.arn;
            // The library counts the receive that gave it up; AWS does not.
            message.approximateReceiveCount -= 1;
            const { messageId } = message;
            observe({ type: 'messageDead', queueArn: queue.arn, deadLetterArn: deadLetters.arn, messageId });
            deadLetters.enqueue(message);
          },
        }
      );
    },
  });

  function remove(queue: Queue, message: QueuedMessage): void {
    queue.messages = queue.messages.filter((other) => other !== message);
    kept?.forget(message);
  }

  /** Retention is counted from when a message was first sent, and each message comes to the head before it is received. */
  function dropExpired(queue: Queue): void {
    const oldest = Date.now() - Number(queue.attributes.MessageRetentionPeriod) * 1000;
    while (queue.messages[0] && queue.messages[0].sentTimestamp < oldest) {
      kept?.forget(queue.messages[0]);
      queue.messages.shift();
    }
  }

  return {
    arnOf,
    urlOf: (name) => `${publicUrl()}/${environment.accountId}/${name}`,
    find: (name) => store.getQueueByName(name),
    findByArn,
    all: () => [...store.allQueues()],
    sourcesOf: ({ arn }) => [...store.allQueues()].filter((queue) => deadLetterTarget(queue) === arn),
    create(name, attributes, tags) {
      const facade = {
        region: environment.region,
        getQueueByArn: () => store.getQueueByName(name),
        buildQueueUrl: () => name,
        createQueue: (_name: string, url: string, _arn: string, all: Record<string, string>, allTags: object) =>
          store.createQueue(name, url, arnOf(name), all, allTags),
      };
      const input = { QueueName: name, Attributes: { ...attributes }, tags };
      actions.createQueue(input, facade, { headers: {} });
      return name;
    },
    delete(queue) {
      clearTimeout(dueTimers.get(queue));
      dueTimers.delete(queue);
      queue.purge();
      store.deleteQueue(queue.name);
    },
    remove,
    async run(action, input, queue) {
      if (action === 'receiveMessage' || action === 'getQueueAttributes') {
        queue.processTimers();
        dropExpired(queue);
      }
      try {
        const answer = await actions[action]({ ...input, QueueUrl: queue.name }, storeOf(queue), { headers: {} });
        for (const happening of messagesOf(action, input, answer)) observe({ ...happening, queueArn: queue.arn });
        return answer;
      } finally {
        armTimer(queue);
      }
    },
    awaitArrival(queue, timeoutMs) {
      const { promise: settled, resolve } = Promise.withResolvers<void>();
      const cancel = () => {
        const index = queue.pollWaiters.indexOf(waiter);
        if (index !== -1) queue.pollWaiters.splice(index, 1);
        clearTimeout(waiter.timer);
        resolve();
      };
      const waiter = { resolve, timer: setTimeout(cancel, timeoutMs) };
      queue.pollWaiters.push(waiter);
      armTimer(queue);
      return { settled, cancel };
    },
    get closed() {
      return closed;
    },
    close() {
      closed = true;
      for (const queue of store.allQueues()) queue.cancelWaiters();
      for (const timer of dueTimers.values()) clearTimeout(timer);
      dueTimers.clear();
    },
  };
}

function deadLetterTarget({ attributes: { RedrivePolicy } }: Queue): unknown {
  return RedrivePolicy && JSON.parse(RedrivePolicy).deadLetterTargetArn;
}

function nextDue(queue: Queue): number {
  let due = Number.POSITIVE_INFINITY;
  for (const { visibilityDeadline } of queue.inflightMessages.values()) due = Math.min(due, visibilityDeadline);
  for (const delayed of [queue.delayedMessages, ...queue.fifoDelayed.values()]) {
    for (const { delayUntil = due } of delayed) due = Math.min(due, delayUntil);
  }
  return due;
}
