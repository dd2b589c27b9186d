/** A process that works with two queues until it is killed. It says what it is about to do before each call, and what came of it after. */
import { writeSync } from 'node:fs';
import { createMessaging } from '#embedded/messaging/index.ts';
import { messagesOf } from '#embedded/messaging/queue/queue.ts';
import { openStore } from '#embedded/store/index.ts';
import type { Caller } from '#embedded/types.ts';
import { createVirtualTime } from '#embedded/virtual-time.ts';
import { type Call, deadArn, type Line, messagingOptions, type Outcome, urlOf } from './queue-log.ts';

const [folder = '', seed = '1', firstBody = '0'] = process.argv.slice(2);
const { fraction } = createVirtualTime({ seed: Number(seed) }).randomness;
const below = (limit: number): number => Math.floor(fraction() * limit);
// What a role receives is visible at the next start, so that each start sees every message.
const role: Caller = { roleArn: 'arn:aws:iam::000000000000:role/client' };

let dead: string[] = [];
const store = openStore(folder);
/** By message id. */
const bodies = new Map([...messagesOf(store).entries()].map(([, { message }]) => [message.id, message.body]));

const { sqs } = createMessaging({
  ...messagingOptions,
  store,
  observe(happening) {
    if (happening.type === 'messageSent') bodies.set(happening.messageId, happening.body);
    if (happening.type === 'messageDead') dead.push(bodies.get(happening.messageId) ?? happening.messageId);
  },
});

/** At once: a stream would keep lines that the kill takes. */
const say = (line: Line): void => void writeSync(1, `${JSON.stringify(line)}\n`);

async function does(call: Call, operation: string, input: object): Promise<Record<string, unknown>> {
  say({ call });
  return sqs.call(operation, { ...input }, role);
}

function came(received: Outcome['received'] = []): void {
  say({ outcome: { received, dead } });
  dead = [];
}

let number = Number(firstBody);
const held: { readonly body: string; readonly handle: string }[] = [];

async function send(): Promise<void> {
  const fresh = Array.from({ length: 1 + below(3) }, () => String(number++));
  const Entries = fresh.map((MessageBody) => ({ Id: MessageBody, MessageBody }));
  await does({ kind: 'send', bodies: fresh }, 'SendMessageBatch', { QueueUrl: urlOf('orders'), Entries });
  came();
}

async function receive(): Promise<void> {
  // Either visible again at once, or hidden for longer than this process lives.
  const VisibilityTimeout = below(2) * 43_200;
  const input = { QueueUrl: urlOf('orders'), MaxNumberOfMessages: 1 + below(4), VisibilityTimeout };
  const wanted = { MessageSystemAttributeNames: ['ApproximateReceiveCount'] };
  const { Messages = [] } = await does({ kind: 'receive' }, 'ReceiveMessage', { ...input, ...wanted });
  const messages = Messages as { Body: string; ReceiptHandle: string; Attributes: Record<string, string> }[];
  if (VisibilityTimeout > 0) held.push(...messages.map((one) => ({ body: one.Body, handle: one.ReceiptHandle })));
  came(messages.map(({ Body, Attributes }) => [Body, Number(Attributes.ApproximateReceiveCount)]));
}

async function remove(): Promise<void> {
  const [message] = held.splice(below(held.length), 1);
  if (!message) return;
  const input = { QueueUrl: urlOf('orders'), ReceiptHandle: message.handle };
  await does({ kind: 'delete', body: message.body }, 'DeleteMessage', input);
  came();
}

async function moveBack(): Promise<void> {
  await does({ kind: 'moveBack' }, 'StartMessageMoveTask', { SourceArn: deadArn });
  came();
}

for (;;) {
  const choice = fraction();
  if (choice < 0.35) await send();
  else if (choice < 0.75) await receive();
  else if (choice < 0.92) await remove();
  else await moveBack();
}
