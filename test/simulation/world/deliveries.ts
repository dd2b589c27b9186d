import { OUTSIDE } from '#embedded/index.ts';
import type { InProcessCloud } from '#embedded/testing.ts';
import type { Oracle, Source } from '../oracle/oracle.ts';
import { arnOf, queues, urlOf } from './stack.ts';

interface Parts {
  readonly cloud: InProcessCloud;
  readonly oracle: Oracle;
  readonly call: (name: string, event: unknown) => Promise<unknown>;
  readonly clock: { now(): number };
}

/** Which function takes the messages of a queue. */
const consumers: ReadonlyMap<string, string> = new Map([
  [queues.redrive, 'redrive-booking'],
  [queues.loyalty, 'credit-loyalty'],
]);

/** Lambda's pollers: each message is a batch of its own, as it is while there is little to do. */
export function createDeliveries({ cloud, oracle, call, clock }: Parts): Source {
  /** Queues that a receive is on its way to. */
  const asked = new Set<string>();

  const next = () => {
    let found: { due: number; queue: string } | undefined;
    for (const { queue, hiddenUntil } of cloud.messages()) {
      const due = Math.max(hiddenUntil, clock.now());
      if (consumers.has(queue) && !asked.has(queue) && (found === undefined || due < found.due)) found = { due, queue };
    }
    return found;
  };

  async function deliver(queue: string): Promise<void> {
    const QueueUrl = urlOf(queue);
    asked.add(queue);
    await oracle.turn(`queue ${consumers.get(queue)}`, 'ReceiveMessage');
    const input = { QueueUrl, MaxNumberOfMessages: 1, WaitTimeSeconds: 0, MessageSystemAttributeNames: ['All'] };
    const { Messages = [] } = await cloud.sqs.call('ReceiveMessage', input, { roleArn: 'poller' });
    asked.delete(queue);
    for (const { MessageId, ReceiptHandle, Body, Attributes } of Messages as Record<string, unknown>[]) {
      const record = { messageId: MessageId, receiptHandle: ReceiptHandle, body: Body, attributes: Attributes };
      const event = {
        Records: [{ ...record, messageAttributes: {}, eventSourceARN: arnOf(queue), awsRegion: 'us-east-1' }],
      };
      const { batchItemFailures } = (await call(consumers.get(queue) ?? '', event)) as {
        batchItemFailures: readonly unknown[];
      };
      if (batchItemFailures.length === 0) await cloud.sqs.call('DeleteMessage', { QueueUrl, ReceiptHandle }, OUTSIDE);
    }
  }

  return {
    nextDue: () => next()?.due,
    happen() {
      const found = next();
      // One that fails comes again once it is visible.
      if (found !== undefined) void deliver(found.queue).catch(() => {});
    },
  };
}
