/** Calls of every kind, by several clients at once, until the process is gone. */
import type { Randomness } from '../../../ports.ts';
import type { Answer, KilledCloud } from './killed-cloud.ts';
import type { Ledger } from './ledger.ts';
import { machineArn, table } from './stack.ts';

const clients = 6;
/** Longer than the deletion that follows. */
export const heldSeconds = 3;
export const urlOf = (queue: string): string => `http://localhost/000000000000/${queue}`;

interface Message {
  readonly Body: string;
  readonly ReceiptHandle: string;
  readonly Attributes: { readonly ApproximateReceiveCount: string };
}

export async function receive(cloud: KilledCloud, queue: string, VisibilityTimeout: number): Promise<Message[]> {
  const { Messages = [] } = await cloud.call('AmazonSQS.ReceiveMessage', {
    QueueUrl: urlOf(queue),
    MaxNumberOfMessages: 10,
    VisibilityTimeout,
    MessageSystemAttributeNames: ['ApproximateReceiveCount'],
  });
  return Messages as Message[];
}

/** Adds one to both counters, by the id as its token. */
export const transact = (cloud: KilledCloud, id: string): Promise<Answer> =>
  cloud.call('DynamoDB_20120810.TransactWriteItems', {
    ClientRequestToken: id,
    TransactItems: ['left', 'right'].map((side) => ({
      Update: {
        TableName: table,
        Key: { id: { S: `${id} ${side}` } },
        UpdateExpression: 'ADD n :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      },
    })),
  });

export async function workUntilKilled(cloud: KilledCloud, ledger: Ledger, random: Randomness): Promise<void> {
  const kinds: ((id: string) => Promise<unknown>)[] = [
    (id) =>
      ledger.note('put', id, () =>
        cloud.call('DynamoDB_20120810.PutItem', { TableName: table, Item: { id: { S: id } } }),
      ),
    (id) => ledger.note('transaction', id, () => transact(cloud, id)),
    (id) =>
      ledger.note('sent', id, () =>
        cloud.call('AmazonSQS.SendMessage', { QueueUrl: urlOf('orders'), MessageBody: id }),
      ),
    (id) =>
      ledger.note('started', id, () =>
        cloud.call('AWSStepFunctions.StartExecution', { stateMachineArn: machineArn, name: id, input: '{}' }),
      ),
    (id) => {
      const entry = { Source: 'shop', DetailType: 'Sold', Detail: JSON.stringify({ id }) };
      return ledger.note('sold', id, () => cloud.call('AWSEvents.PutEvents', { Entries: [entry] }));
    },
    (id) => ledger.note('job', id, () => cloud.invoke('job', { id })),
    async () => {
      ledger.lostReceives += 1;
      const holds = random.fraction() < 0.5;
      const messages = await receive(cloud, 'orders', holds ? heldSeconds : 0);
      ledger.lostReceives -= 1;
      for (const { Body } of messages) ledger.received(Body);
      const [first] = messages;
      // The handle of a message that somebody else may receive meanwhile deletes nothing.
      if (first === undefined || !holds) return;
      const input = { QueueUrl: urlOf('orders'), ReceiptHandle: first.ReceiptHandle };
      await ledger.note('deleted', first.Body, () => cloud.call('AmazonSQS.DeleteMessage', input));
    },
  ];
  const work = async (): Promise<void> => {
    for (;;) await kinds[Math.floor(random.fraction() * kinds.length)]?.(random.uuid());
  };
  // Each ends with the first call that the kill leaves without an answer.
  const ends = await Promise.allSettled(Array.from({ length: clients }, work));
  for (const end of ends) if (end.status === 'rejected' && !isGone(end.reason)) throw end.reason;
}

const isGone = (error: unknown): boolean => (error as Error).message === 'fetch failed';
