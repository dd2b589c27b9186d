import type { Journal } from '../journal.ts';
import type { Queue, QueuedMessage } from './fauxqs.ts';

const prefix = 'message ';

/** By id alone: a message that moves to a dead-letter queue keeps its id, so one line says that it has moved. */
const keyOf = ({ messageId }: QueuedMessage): string => `${prefix}${messageId}`;

interface Entry {
  readonly queue: string;
  readonly message: QueuedMessage;
}

export interface KeptMessages {
  /** Gives a queue the messages of former processes, and keeps every further one until it is deleted. */
  keep(queue: Queue): void;
  /** Of a message that was taken out of its queue other than by a receipt handle. */
  forget(message: QueuedMessage): void;
}

/**
 * Lets messages outlive the process. One that was being received is waiting again: its receiver died with the process, or asks
 * with a handle that is an old one by then. Visibility time-outs are not kept for that reason; receive counts and delays are.
 */
export function keepMessages(journal: Journal): KeptMessages {
  const left = journal.entries(prefix).map(([, value]) => value as Entry);
  const forget = (message: QueuedMessage) => journal.delete(keyOf(message));

  function keep(queue: Queue): void {
    for (const { queue: name, message } of left) if (name === queue.name) queue.enqueue(message);
    const put = (message: QueuedMessage) => journal.put(keyOf(message), { queue: queue.name, message } satisfies Entry);
    const inFlight = (handle: string) => queue.inflightMessages.get(handle)?.message;
    const [enqueue, dequeue] = [queue.enqueue.bind(queue), queue.dequeue.bind(queue)];
    const [deleteMessage, purge] = [queue.deleteMessage.bind(queue), queue.purge.bind(queue)];
    queue.enqueue = (message) => {
      put(message);
      enqueue(message);
    };
    queue.dequeue = (...options) => {
      const received = dequeue(...options);
      for (const { ReceiptHandle } of received) {
        const message = inFlight(ReceiptHandle);
        if (message) put(message);
      }
      return received;
    };
    queue.deleteMessage = (handle) => {
      const message = inFlight(handle);
      if (message) forget(message);
      return deleteMessage(handle);
    };
    queue.purge = () => {
      const { ready, delayed, inflight } = queue.inspectMessages();
      for (const message of [...ready, ...delayed, ...inflight.map(({ message }) => message)]) forget(message);
      purge();
    };
  }

  return { keep, forget };
}
