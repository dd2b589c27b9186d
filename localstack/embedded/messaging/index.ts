import type { Observe } from '../observer.ts';
import { type Ports, systemPorts } from '../ports.ts';
import type { Store } from '../store/contract.ts';
import { createStore } from '../store/index.ts';
import type { Authorize, AwsService, Closable, Environment, Stack, StackResource } from '../types.ts';
import { type AuthorizeService, createSendAsService, type SendAsService } from './delivery.ts';
import type { Mailbox } from './mailbox.ts';
import { createQueues } from './queues.ts';
import { createSns } from './sns.ts';
import { createSqs } from './sqs.ts';
import { createStackQueues, createStackSubscriptions, createStackTopics } from './stack-resources.ts';
import { createTopics } from './topics.ts';

export type { AuthorizeService, QueueMail, SendAsService } from './delivery.ts';
export { queryErrorCodes } from './error-codes.ts';

export interface MessagingOptions {
  /** aws_sns_topic */
  readonly topics: readonly StackResource[];
  /** aws_sns_topic_subscription */
  readonly subscriptions: readonly StackResource[];
  /** aws_sqs_queue */
  readonly queues: readonly StackResource[];
  /** aws_sqs_queue_policy */
  readonly queuePolicies: readonly StackResource[];
  /** aws_sqs_queue_redrive_allow_policy */
  readonly redriveAllowPolicies?: readonly StackResource[];
  readonly environment: Environment;
  readonly authorize: Authorize;
  /** Throws unless the queue's own policy lets a service (`sns.amazonaws.com`) send to it. */
  readonly authorizeService: AuthorizeService;
  /** Where clients reach the endpoint, for instance `http://127.0.0.1:4566`; asked each time a queue URL is given out. */
  readonly publicUrl: () => string;
  /** Where the messages of e-mail subscriptions go; nowhere without. */
  readonly mailbox?: Pick<Mailbox, 'deliver'>;
  /** Keeps messages, and what calls have made; memory without. */
  readonly store?: Store;
  /** Of visibility timeouts, delays, long polls and retention; the system's without. */
  readonly ports?: Ports;
  /** Told of each message sent, delivered and dead. */
  readonly observe?: Observe;
  /** Told once of each delivery that a subscriber lost. */
  readonly warn?: (message: string) => void;
}

export interface Messaging extends Closable {
  readonly sns: AwsService;
  readonly sqs: AwsService;
  /** How another service of the cloud, such as EventBridge, sends to a queue: the queue's policy decides. */
  readonly sendAsService: SendAsService;
}

/** What of a stack SNS and SQS are made of. */
export function messagingResources({ resources }: Stack) {
  return {
    topics: resources('aws_sns_topic'),
    subscriptions: resources('aws_sns_topic_subscription'),
    queues: resources('aws_sqs_queue'),
    queuePolicies: resources('aws_sqs_queue_policy'),
    redriveAllowPolicies: resources('aws_sqs_queue_redrive_allow_policy'),
  };
}

/**
 * SNS and SQS in process, with the topics, subscriptions and queues of the stack.
 *
 * @throws Error when a resource of the stack is one that AWS would refuse (unknown dead-letter queue, bad filter policy).
 * @example
 * const { sqs, close } = createMessaging({ queues: stack.resources('aws_sqs_queue'), … });
 * await sqs.call('SendMessage', { QueueUrl: 'http://any-host/000000000000/orders', MessageBody: 'hello' }, OUTSIDE);
 */
export function createMessaging(options: MessagingOptions): Messaging {
  const { environment, authorizeService, publicUrl, mailbox, observe, warn = console.warn } = options;
  const { store = createStore(), ports = systemPorts } = options;
  const { accountId } = environment;
  const queues = createQueues({ environment, publicUrl, store, ports, observe });
  const topics = createTopics(environment, store, ports.randomness);
  // Calls may have given them policies that the stack does not know.
  const authorize: Authorize = (caller, action, arn, context) => {
    const queue = queues.findByArn(arn);
    const policy = queue === undefined ? topics.ownPolicyOf(arn) : queues.ownPolicyOf(queue);
    options.authorize(caller, action, arn, context, policy);
  };
  const send = createSendAsService(queues, authorizeService);
  const resources = { redriveAllowPolicies: [], ...options };
  createStackQueues(resources, queues);
  queues.restore();
  createStackTopics(resources, topics);
  createStackSubscriptions(resources, topics, queues);
  topics.restore();
  return {
    sqs: createSqs({ queues, accountId, authorize, ports }),
    sns: createSns({ topics, accountId, send, mailbox, authorize, ports, warn: once(warn) }),
    sendAsService: send,
    async close() {
      queues.close();
    },
  };
}

function once(warn: (message: string) => void): (message: string) => void {
  const said = new Set<string>();
  return (message) => {
    if (said.has(message)) return;
    said.add(message);
    warn(message);
  };
}
