/** `npm run redeliver`: delivers again what EventBridge, SNS and Lambda could not, from the queues that SQS cannot move letters of. */
import { InvokeCommand } from '@aws-sdk/client-lambda';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { physicalName, type StageName, stageAndRegion } from '../config.ts';
import { type Delivery, failedInvocation, type Letter, undeliveredEvent, undeliveredMessage } from './letters.ts';
import { runCommand } from './run-command.ts';
import { type StageClients, stageClients } from './stage-clients.ts';

/** Long enough to go through a queue: a letter that stays is to be seen once a run, and is given back at its end. */
const hiddenForSeconds = 600;

export interface Redelivered {
  readonly delivered: number;
  /** Letters that stay where they are, with the reason. */
  readonly left: readonly string[];
}

/** Empties the three queues as far as it can. A letter is deleted once it is delivered, so it may be delivered twice, never not. */
export async function redeliver(
  clients: StageClients,
  stage: { readonly stage: StageName },
  print: (line: string) => void = () => undefined,
): Promise<Redelivered> {
  const loyaltyQueue = physicalName(stage, 'loyalty');
  const boxes: readonly (readonly [string, (letter: Letter) => Delivery])[] = [
    ['undelivered-events', undeliveredEvent],
    ['undelivered-messages', (letter) => undeliveredMessage(letter, loyaltyQueue)],
    ['failed-invocations', failedInvocation],
  ];
  const results: Redelivered[] = [];
  for (const [name, belongs] of boxes) {
    const result = await emptyBox(clients, physicalName(stage, name), belongs);
    print(`${name}: ${result.delivered} delivered${result.left.length > 0 ? `, ${result.left.length} left` : ''}`);
    for (const reason of result.left) print(`  ${reason}`);
    results.push(result);
  }
  return {
    delivered: results.reduce((sum, { delivered }) => sum + delivered, 0),
    left: results.flatMap(({ left }) => left),
  };
}

async function emptyBox(
  clients: StageClients,
  queueName: string,
  belongs: (letter: Letter) => Delivery,
): Promise<Redelivered> {
  const QueueUrl = await queueUrl(clients, queueName);
  const left: string[] = [];
  const kept: (string | undefined)[] = [];
  let delivered = 0;
  // What fails again is back as a new letter, perhaps at once: that one is for the next run, or this one might never end.
  const before = Date.now();
  for (;;) {
    const { Messages = [] } = await clients.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: hiddenForSeconds,
        WaitTimeSeconds: 1,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['SentTimestamp'],
      }),
    );
    if (Messages.length === 0) break;
    for (const { MessageId, ReceiptHandle, Attributes, ...letter } of Messages) {
      if (Number(Attributes?.SentTimestamp) >= before) {
        kept.push(ReceiptHandle);
        continue;
      }
      try {
        await deliver(clients, belongs(letter));
        await clients.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        delivered += 1;
      } catch (error) {
        kept.push(ReceiptHandle);
        left.push(`${MessageId}: ${error instanceof Error ? error.message : error}`);
      }
    }
  }
  for (const ReceiptHandle of kept) {
    await clients.sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  }
  return { delivered, left };
}

async function deliver(clients: StageClients, delivery: Delivery): Promise<void> {
  if (delivery.kind === 'invoke') {
    const { functionName: FunctionName, payload } = delivery;
    await clients.lambda.send(
      new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: new TextEncoder().encode(payload) }),
    );
    return;
  }
  await clients.sqs.send(
    new SendMessageCommand({
      QueueUrl: await queueUrl(clients, delivery.queueName),
      MessageBody: delivery.body,
      MessageAttributes: { ...delivery.attributes },
    }),
  );
}

async function queueUrl({ sqs }: StageClients, QueueName: string): Promise<string> {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  if (QueueUrl === undefined) throw new Error(`SQS tells no URL of ${QueueName}`);
  return QueueUrl;
}

const usage = `npm run redeliver    delivers again what EventBridge, SNS and Lambda could not deliver

  STAGE         local (default), dev or prod
  AWS_REGION    the stage's region
  --help        this text`;

if (import.meta.main) {
  await runCommand('redeliver', usage, { options: {} }, async () => {
    const stage = stageAndRegion();
    const { left } = await redeliver(stageClients(stage), stage, (line) => console.log(line));
    if (left.length > 0) process.exitCode = 1;
  });
}
