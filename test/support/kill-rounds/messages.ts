import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Target } from '#test/support/e2e/target.ts';
import type { Random } from './random.ts';

const mostReceives = 2;
const mostAtOnce = 5;
const hiddenSeconds = 43_200;
/** The customers need the processors. */
const pauseMs = 30;

interface Known {
  /** That were answered. */
  receives: number;
  /** Of a receive that hides it for longer than the rounds take. */
  handle?: string;
  /** Undefined: it is there. */
  deletion?: 'asked' | 'answered';
}

/** A client with a queue of its own, made by a call, and a dead-letter queue: what it was answered has to hold over a kill. */
export class QueueClient {
  readonly #known = new Map<string, Known>();
  readonly #queueUrl: string;
  readonly #lettersUrl: string;
  #count = 0;
  /** Bodies that were being sent, and whether a receive was under way, when the connection broke. */
  #unanswered: { bodies: readonly string[]; receive: boolean } = { bodies: [], receive: false };

  private constructor(queueUrl: string, lettersUrl: string) {
    this.#queueUrl = queueUrl;
    this.#lettersUrl = lettersUrl;
  }

  static async open({ sqs }: Target): Promise<QueueClient> {
    const create = async (QueueName: string, Attributes = {}): Promise<string> =>
      (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '';
    const letters = await create('kill-rounds-letters');
    const deadLetterTargetArn = 'arn:aws:sqs:us-east-1:000000000000:kill-rounds-letters';
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: mostReceives });
    return new QueueClient(await create('kill-rounds', { RedrivePolicy }), letters);
  }

  /** Sends, receives and deletes until the connection breaks. */
  async work({ awsUrl: endpoint }: Target, random: Random): Promise<void> {
    // A second try of the client's could reach the next process.
    const once = {
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
      maxAttempts: 1,
    };
    const sqs = new SQSClient(once);
    try {
      for (;;) {
        if (random.chance(0.4)) await this.#send(sqs, 1 + random.below(mostAtOnce));
        else await this.#receive(sqs, 1 + random.below(mostAtOnce), random.chance(0.5));
        if (random.chance(0.5)) await this.#delete(sqs, random);
        await sleep(pauseMs);
      }
    } catch {
      sqs.destroy();
    }
  }

  async #send(sqs: SQSClient, count: number): Promise<void> {
    const bodies = Array.from({ length: count }, () => `message-${++this.#count}`);
    this.#unanswered = { bodies, receive: false };
    const Entries = bodies.map((MessageBody) => ({ Id: MessageBody, MessageBody }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: this.#queueUrl, Entries }));
    for (const body of bodies) this.#known.set(body, { receives: 0 });
    this.#unanswered = { bodies: [], receive: false };
  }

  async #receive(sqs: SQSClient, MaxNumberOfMessages: number, hides: boolean): Promise<void> {
    this.#unanswered = { bodies: [], receive: true };
    const input = { QueueUrl: this.#queueUrl, MaxNumberOfMessages, VisibilityTimeout: hides ? hiddenSeconds : 0 };
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(input));
    for (const { Body = '', ReceiptHandle } of Messages) {
      const receives = (this.#known.get(Body)?.receives ?? 0) + 1;
      this.#known.set(Body, { receives, ...(hides && ReceiptHandle && { handle: ReceiptHandle }) });
    }
    this.#unanswered = { bodies: [], receive: false };
  }

  async #delete(sqs: SQSClient, random: Random): Promise<void> {
    const held = [...this.#known.values()].filter(({ handle, deletion }) => handle && !deletion);
    if (held.length === 0) return;
    const message = random.one(held);
    message.deletion = 'asked';
    await sqs.send(new DeleteMessageCommand({ QueueUrl: this.#queueUrl, ReceiptHandle: message.handle }));
    message.deletion = 'answered';
  }

  /** Empties both queues after a restart. @returns what is not as it was answered */
  async problems({ sqs }: Target): Promise<string[]> {
    for (const { handle, deletion } of this.#known.values()) {
      if (handle === undefined || deletion) continue;
      const input = { QueueUrl: this.#queueUrl, ReceiptHandle: handle, VisibilityTimeout: 0 };
      await sqs.send(new ChangeMessageVisibilityCommand(input));
    }
    const problems: string[] = [];
    const found = new Set<string>();
    for (const QueueUrl of [this.#queueUrl, this.#lettersUrl]) {
      for (const { body, receives } of await emptied(sqs, QueueUrl)) {
        const isLetter = QueueUrl === this.#lettersUrl;
        if (found.has(body)) problems.push(`${body} is there twice`);
        found.add(body);
        problems.push(...this.#problemsOf(body, receives - 1, isLetter));
      }
    }
    const missing = [...this.#known].filter(([body, { deletion }]) => !deletion && !found.has(body));
    const hidden = await inFlight(sqs, this.#queueUrl);
    const undecided = [...this.#known.values()].filter(({ deletion }) => deletion === 'asked').length;
    // Hidden are those of a receive that was not answered, whose handles are unknown, and one whose deletion was not answered.
    const most = this.#unanswered.receive ? mostAtOnce : 0;
    if (hidden < missing.length || hidden > missing.length + undecided || missing.length > most) {
      problems.push(`${hidden} messages are hidden, missing are [${missing.map(([body]) => body)}]`);
    }
    const sent = this.#unanswered.bodies.filter((body) => found.has(body));
    if (sent.length > 0 && sent.length < this.#unanswered.bodies.length) problems.push(`of a batch only ${sent}`);
    await sqs.send(new PurgeQueueCommand({ QueueUrl: this.#queueUrl }));
    this.#known.clear();
    this.#unanswered = { bodies: [], receive: false };
    return problems.map((problem) => `own queue: ${problem}`);
  }

  #problemsOf(body: string, receives: number, isLetter: boolean): string[] {
    const { receives: answered = 0, deletion } = this.#known.get(body) ?? {};
    const problems: string[] = [];
    if (!this.#known.has(body) && !this.#unanswered.bodies.includes(body)) problems.push(`${body} was not sent`);
    if (deletion === 'answered') problems.push(`${body} was deleted`);
    if (receives !== answered && !(this.#unanswered.receive && receives === answered + 1)) {
      problems.push(`${body} counts ${receives} receives, ${answered} were answered`);
    }
    if (isLetter !== receives >= mostReceives) problems.push(`${body} is ${isLetter ? 'a' : 'no'} dead letter`);
    return problems;
  }
}

async function emptied(sqs: SQSClient, QueueUrl: string): Promise<{ body: string; receives: number }[]> {
  const all: { body: string; receives: number }[] = [];
  for (;;) {
    const input = {
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['ApproximateReceiveCount' as const],
    };
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(input));
    if (Messages.length === 0) return all;
    for (const { Body = '', Attributes, ReceiptHandle } of Messages) {
      all.push({ body: Body, receives: Number(Attributes?.ApproximateReceiveCount) });
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
}

async function inFlight(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const command = new GetQueueAttributesCommand({
    QueueUrl,
    AttributeNames: ['ApproximateNumberOfMessagesNotVisible'],
  });
  return Number((await sqs.send(command)).Attributes?.ApproximateNumberOfMessagesNotVisible);
}
