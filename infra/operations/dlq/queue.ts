import { InvokeCommand } from '@aws-sdk/client-lambda';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import type { StageClients } from '../stage-clients.ts';
import type { Box } from './boxes.ts';
import type { Delivery, Letter } from './letters.ts';

/** A dead letter, hidden from others until it is delivered or given back. */
export interface HeldLetter extends Letter {
  readonly id: string;
  readonly box: Box;
  readonly queueUrl: string;
  readonly body: string;
  readonly sentAt: Date;
  readonly receiptHandle: string;
}

/** Long enough to go through a queue and to follow what becomes of its letters. */
const hiddenForSeconds = 600;

/**
 * Takes every letter that no other reader holds, queue by queue, oldest first. Hand each to `deliver` or `giveBack`: else it
 * stays hidden for ten minutes.
 */
export async function takeLetters(clients: StageClients, boxes: readonly Box[]): Promise<HeldLetter[]> {
  return (await Promise.all(boxes.map((box) => takeFrom(clients, box)))).flat();
}

async function takeFrom({ sqs }: StageClients, box: Box): Promise<HeldLetter[]> {
  const QueueUrl = await urlOf({ sqs }, box.queueName);
  const letters: HeldLetter[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: hiddenForSeconds,
        WaitTimeSeconds: 1,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['SentTimestamp'],
      }),
    );
    if (Messages.length === 0) return letters.sort((a, b) => a.sentAt.getTime() - b.sentAt.getTime());
    for (const { MessageId = '', ReceiptHandle = '', Body = '', MessageAttributes, Attributes } of Messages) {
      const sentAt = new Date(Number(Attributes?.SentTimestamp));
      letters.push({
        id: MessageId,
        box,
        queueUrl: QueueUrl,
        body: Body,
        Body,
        MessageAttributes,
        sentAt,
        receiptHandle: ReceiptHandle,
      });
    }
  }
}

export async function giveBack({ sqs }: StageClients, { queueUrl, receiptHandle }: HeldLetter): Promise<void> {
  const hidden = { QueueUrl: queueUrl, ReceiptHandle: receiptHandle };
  await sqs.send(new ChangeMessageVisibilityCommand({ ...hidden, VisibilityTimeout: 0 }));
}

/**
 * Sends the letter to where it belongs, then deletes it: it may be delivered twice, never not at all.
 * @throws Error where the letter does not say where it belongs, or its destination refuses it
 */
export async function deliver(clients: StageClients, letter: HeldLetter): Promise<void> {
  const { box, queueUrl, receiptHandle } = letter;
  await send(clients, box.destinationOf(letter));
  await clients.sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle }));
}

async function send(clients: StageClients, delivery: Delivery): Promise<void> {
  if (delivery.kind === 'invoke') {
    const { functionName: FunctionName, payload } = delivery;
    await clients.lambda.send(
      new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: new TextEncoder().encode(payload) }),
    );
    return;
  }
  await clients.sqs.send(
    new SendMessageCommand({
      QueueUrl: await urlOf(clients, delivery.queueName),
      MessageBody: delivery.body,
      MessageAttributes: { ...delivery.attributes },
    }),
  );
}

async function urlOf({ sqs }: Pick<StageClients, 'sqs'>, QueueName: string): Promise<string> {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
  if (QueueUrl === undefined) throw new Error(`SQS tells no URL of ${QueueName}`);
  return QueueUrl;
}
