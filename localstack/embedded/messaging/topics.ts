import { randomUUID } from 'node:crypto';
import { compilePattern, type Matches } from '../events/pattern.ts';
import type { Environment } from '../types.ts';
import { invalidSnsParameter, topicDoesNotExist } from './error-codes.ts';

export interface Topic {
  readonly arn: string;
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly tags: Record<string, string>;
}

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** SNS's own names: RawMessageDelivery, FilterPolicy, FilterPolicyScope, RedrivePolicy. */
  readonly attributes: Record<string, string>;
  /** The compiled FilterPolicy. */
  matches: Matches;
}

/** Messages go to queues, and e-mails to a page; the other protocols are recorded and get nothing. */
const recorded = ['email', 'email-json', 'sms', 'http', 'https'];

/** Topics and their subscriptions, in memory. */
export interface Topics {
  arnOf(name: string): string;
  create(name: string, attributes: Record<string, string>, tags?: Record<string, string>): Topic;
  find(arn: unknown): Topic;
  delete(arn: unknown): void;
  all(): Topic[];
  subscribe(topicArn: string, protocol: string, endpoint: string, attributes: Record<string, string>): Subscription;
  setAttribute(subscription: Subscription, name: string, value: string): void;
  unsubscribe(arn: unknown): void;
  subscription(arn: unknown): Subscription | undefined;
  subscriptions(topicArn?: string): Subscription[];
}

export function createTopics(environment: Environment): Topics {
  const topics = new Map<string, Topic>();
  const subscriptions = new Map<string, Subscription>();
  const arnOf = (name: string) => `arn:aws:sns:${environment.region}:${environment.accountId}:${name}`;

  const find = (arn: unknown): Topic => {
    const topic = topics.get(String(arn));
    if (!topic) throw topicDoesNotExist();
    return topic;
  };
  const list = (topicArn?: string) =>
    [...subscriptions.values()].filter((one) => topicArn === undefined || one.topicArn === topicArn);

  return {
    arnOf,
    find,
    create(name, attributes, tags = {}) {
      const known = topics.get(arnOf(name));
      if (known) return known;
      const topic = { arn: arnOf(name), name, attributes: { ...attributes }, tags: { ...tags } };
      topics.set(topic.arn, topic);
      return topic;
    },
    delete(arn) {
      topics.delete(String(arn));
      for (const one of list(String(arn))) subscriptions.delete(one.arn);
    },
    all: () => [...topics.values()],
    subscribe(topicArn, protocol, endpoint, attributes) {
      const topic = find(topicArn);
      if (protocol !== 'sqs' && !recorded.includes(protocol)) {
        throw invalidSnsParameter(
          `Protocol ${protocol}: the embedded cloud delivers to sqs and records ${recorded.join(', ')}. For a function, subscribe a queue and map it to the function.`,
        );
      }
      const known = list(topic.arn).find((one) => one.protocol === protocol && one.endpoint === endpoint);
      if (known) return known;
      const arn = `${topic.arn}:${randomUUID()}`;
      const subscription = {
        arn,
        topicArn,
        protocol,
        endpoint,
        attributes: { ...attributes },
        matches: compileFilter(attributes),
      };
      subscriptions.set(arn, subscription);
      return subscription;
    },
    setAttribute(subscription, name, value) {
      const attributes = { ...subscription.attributes, [name]: value };
      subscription.matches = compileFilter(attributes);
      subscription.attributes[name] = value;
    },
    unsubscribe: (arn) => void subscriptions.delete(String(arn)),
    subscription: (arn) => subscriptions.get(String(arn)),
    subscriptions: list,
  };
}

function compileFilter({ FilterPolicy }: Record<string, string>): Matches {
  if (!FilterPolicy || FilterPolicy === '{}') return () => true;
  try {
    return compilePattern(FilterPolicy, 'FilterPolicy');
  } catch (error) {
    throw invalidSnsParameter(String(error instanceof Error ? error.message : error));
  }
}
