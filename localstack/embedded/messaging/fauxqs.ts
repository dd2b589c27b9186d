/**
 * The parts of fauxqs that run in process: its queues and its SQS actions.
 *
 * The package's own entry loads a web server and three AWS SDK clients and wants a port; we need neither, so its modules
 * are taken one by one from beside that entry. Its SNS half speaks query parameters and XML only and delivers without
 * asking the queue's policy, so topics are ours (topics.ts, delivery.ts).
 */
import { hasOnlyQueueCharacters, type SnsAttribute } from './message-rules.ts';

export interface QueuedMessage {
  readonly messageId: string;
  readonly body: string;
  readonly messageAttributes: Record<string, SnsAttribute>;
  readonly messageGroupId?: string;
  readonly sentTimestamp: number;
  readonly delayUntil?: number;
  approximateReceiveCount: number;
  /** Ours: the queue that gave the message up; what a message move task sends it back to. */
  deadLetterSource?: string;
}

export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly attributes: Record<string, string>;
  messages: QueuedMessage[];
  readonly inflightMessages: Map<string, { readonly message: QueuedMessage; readonly visibilityDeadline: number }>;
  readonly delayedMessages: readonly QueuedMessage[];
  readonly fifoMessages: Map<string, QueuedMessage[]>;
  readonly fifoDelayed: ReadonlyMap<string, readonly QueuedMessage[]>;
  readonly pollWaiters: { resolve: () => void; timer: NodeJS.Timeout }[];
  isFifo(): boolean;
  enqueue(message: QueuedMessage): void;
  dequeue(...options: unknown[]): readonly { readonly ReceiptHandle: string }[];
  deleteMessage(receiptHandle: string): boolean;
  purge(): void;
  inspectMessages(): {
    readonly ready: readonly QueuedMessage[];
    readonly delayed: readonly QueuedMessage[];
    readonly inflight: readonly { readonly message: QueuedMessage }[];
  };
  /** Makes delayed messages and those whose visibility time-out has passed receivable, and wakes who waits for them. */
  processTimers(): void;
  cancelWaiters(): void;
}

export interface QueueStore {
  createQueue(name: string, url: string, arn: string, attributes: Record<string, string>, tags: object): Queue;
  deleteQueue(url: string): boolean;
  getQueueByName(name: string): Queue | undefined;
  allQueues(): Iterable<Queue>;
}

type Json = Record<string, unknown>;
type Action = (input: Json, store: unknown, request: { headers: object }) => Json | Promise<Json>;

const actionNames = [
  'changeMessageVisibility',
  'changeMessageVisibilityBatch',
  'createQueue',
  'deleteMessage',
  'deleteMessageBatch',
  'getQueueAttributes',
  'listQueueTags',
  'purgeQueue',
  'receiveMessage',
  'sendMessage',
  'sendMessageBatch',
  'setQueueAttributes',
  'tagQueue',
  'untagQueue',
] as const;

export type FauxqsAction = (typeof actionNames)[number];

export interface Fauxqs {
  readonly store: QueueStore;
  readonly actions: Readonly<Record<FauxqsAction, Action>>;
  md5OfMessageAttributes(attributes: Record<string, SnsAttribute>): string;
}

export async function loadFauxqs(): Promise<Fauxqs> {
  const entry = import.meta.resolve('fauxqs');
  const load = async (path: string, name: string) => {
    const module = await import(new URL(path, entry).href);
    if (module[name] === undefined) throw new Error(`fauxqs has no ${name} in ${path}; pin the version that has`);
    return module[name];
  };
  const [SqsStore, invalidCharacter, md5OfMessageAttributes, ...actions] = await Promise.all([
    load('./sqs/sqsStore.js', 'SqsStore'),
    load('./sqs/sqsTypes.js', 'INVALID_MESSAGE_BODY_CHAR') as Promise<RegExp>,
    load('./common/md5.js', 'md5OfMessageAttributes'),
    ...actionNames.map((name) => load(`./sqs/actions/${name}.js`, name)),
  ]);
  // The library's pattern refuses everything above U+FFFF, an emoji for one, which SQS takes. Its actions share the object.
  invalidCharacter.test = (body) => !hasOnlyQueueCharacters(body);
  return {
    store: new SqsStore(),
    actions: Object.fromEntries(actionNames.map((name, index) => [name, actions[index]])) as Fauxqs['actions'],
    md5OfMessageAttributes,
  };
}
