import type { Matches } from '../events/pattern.ts';
import type { Randomness } from '../ports.ts';
import type { Store } from '../store/contract.ts';
import type { Environment } from '../types.ts';
import { invalidSnsParameter, topicDoesNotExist } from './error-codes.ts';
import { compileFilter } from './filter-policy.ts';
import { checkEndpoint, subscriptionAttribute } from './sns-attributes.ts';

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
  readonly attributes: Readonly<Record<string, string>>;
  /** The compiled FilterPolicy. */
  readonly matches: Matches;
  /** Whether the stack's file has it: then it is at each start as that file says. */
  readonly ofStack: boolean;
}

type NewSubscription = Omit<Subscription, 'arn' | 'matches'>;

/** Messages go to queues, and mails to a page; no other protocol is taken. */
const delivered = ['sqs', 'email', 'email-json'];

/** Topics and their subscriptions. What calls have made, and the ARNs of all subscriptions, outlive the process. */
export interface Topics {
  arnOf(name: string): string;
  create(name: string, attributes: Record<string, string>, tags?: Record<string, string>): Topic;
  /** To be called once the stack's topics and subscriptions are there: adds those that calls made in former processes. */
  restore(): void;
  /** Keeps a topic that a call has made or changed, unless it is the stack's. */
  remember(topic: Topic): void;
  find(arn: unknown): Topic;
  delete(arn: unknown): void;
  all(): Topic[];
  /** The topic's policy where a call has given it one; undefined where the stack's file has it, and for no topic of these. */
  ownPolicyOf(arn: string): string | undefined;
  subscribe(subscription: NewSubscription): Subscription;
  setAttribute(subscription: Subscription, name: string, value: string): void;
  unsubscribe(arn: unknown): void;
  subscription(arn: unknown): Subscription | undefined;
  subscriptions(topicArn?: string): Subscription[];
}

export function createTopics(environment: Environment, store: Store, randomness: Randomness): Topics {
  const topics = new Map<string, Topic>();
  /** With the policies that their resources give them. */
  const ofStack = new Map<Topic, string | undefined>();
  const subscriptions = new Map<string, Subscription>();
  const madeTopics = store.collection<Topic>('topics');
  const kept = store.collection<Omit<Subscription, 'matches'>>('subscriptions');
  const arnOf = (name: string) => `arn:aws:sns:${environment.region}:${environment.accountId}:${name}`;

  const find = (arn: unknown): Topic => {
    const topic = topics.get(String(arn));
    if (topic) return topic;
    const parts = String(arn ?? '').split(':').length;
    if (parts >= 6) throw topicDoesNotExist();
    throw invalidSnsParameter(`TopicArn Reason: An ARN must have at least 6 elements, not ${parts}`);
  };
  const list = (topicArn?: string) =>
    [...subscriptions.values()].filter((one) => topicArn === undefined || one.topicArn === topicArn);

  function put(record: Omit<Subscription, 'matches'>): Subscription {
    const subscription = { ...record, matches: compileFilter(record.attributes) };
    kept.put(record.arn, record);
    subscriptions.set(record.arn, subscription);
    return subscription;
  }

  function unsubscribe(arn: string): void {
    kept.delete(arn);
    subscriptions.delete(arn);
  }

  return {
    arnOf,
    find,
    create(name, attributes, tags = {}) {
      const known = topics.get(arnOf(name));
      if (known) return unchanged(known, attributes, tags);
      const topic = { arn: arnOf(name), name, attributes: { ...attributes }, tags: { ...tags } };
      topics.set(topic.arn, topic);
      return topic;
    },
    restore() {
      for (const topic of topics.values()) ofStack.set(topic, topic.attributes.Policy);
      for (const [arn, topic] of madeTopics.entries()) if (!topics.has(arn)) topics.set(arn, structuredClone(topic));
      for (const [arn, record] of kept.entries()) {
        if (subscriptions.has(arn)) continue;
        if (record.ofStack || !topics.has(record.topicArn)) kept.delete(arn);
        else put(record);
      }
    },
    remember(topic) {
      if (!ofStack.has(topic)) madeTopics.put(topic.arn, structuredClone(topic));
    },
    delete(arn) {
      topics.delete(String(arn));
      madeTopics.delete(String(arn));
      for (const one of list(String(arn))) unsubscribe(one.arn);
    },
    all: () => [...topics.values()],
    ownPolicyOf(arn) {
      const topic = topics.get(arn);
      if (topic === undefined) return undefined;
      const { Policy: policy } = topic.attributes;
      return ofStack.has(topic) && ofStack.get(topic) === policy ? undefined : (policy ?? '');
    },
    subscribe(given) {
      const topic = find(given.topicArn);
      if (!delivered.includes(given.protocol)) {
        throw invalidSnsParameter(
          `Protocol ${given.protocol}: the local cloud delivers to ${delivered.join(', ')} alone. For a function, subscribe a queue and map it to the function.`,
        );
      }
      checkEndpoint(given.protocol, given.endpoint);
      const attributes = Object.fromEntries(
        Object.entries(given.attributes).map(([name, value]) => [name, subscriptionAttribute(name, value, 'made')]),
      );
      const isSame = (one: NewSubscription): boolean =>
        one.topicArn === topic.arn && one.protocol === given.protocol && one.endpoint === given.endpoint;
      const known = list().find(isSame);
      if (known && differs(attributes, known.attributes)) throw exists('Attributes', 'Subscription', 'attributes');
      if (known) return known;
      const former = [...kept.entries()].find(([, one]) => one.ofStack && isSame(one));
      return put({ ...given, attributes, arn: former?.[0] ?? `${topic.arn}:${randomness.uuid()}` });
    },
    setAttribute({ matches: _, ...record }, name, value) {
      const checked = subscriptionAttribute(name, value, 'changed');
      put({ ...record, attributes: { ...record.attributes, [name]: checked } });
    },
    unsubscribe: (arn) => unsubscribe(String(arn)),
    subscription: (arn) => subscriptions.get(String(arn)),
    subscriptions: list,
  };
}

/** Whether some that are given have other values; those that are left out say nothing. */
const differs = (given: Readonly<Record<string, string>>, known: Readonly<Record<string, string>>): boolean =>
  Object.entries(given).some(([name, value]) => known[name] !== value);

const exists = (parameter: string, what: string, others: string) =>
  invalidSnsParameter(`${parameter} Reason: ${what} already exists with different ${others}`);

/** A topic that is made again is the one that is there. @throws AwsError where it was made otherwise */
function unchanged(topic: Topic, attributes: Record<string, string>, tags: Record<string, string>): Topic {
  if (differs(attributes, topic.attributes)) throw exists('Attributes', 'Topic', 'attributes');
  if (differs(tags, topic.tags)) throw exists('Tags', 'Topic', 'tags');
  return topic;
}
