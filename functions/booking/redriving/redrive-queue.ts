import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createClient } from '#functions/shared/aws/aws-client.ts';
import { requiredText } from '#functions/shared/aws/config.ts';
import type { DeadLetter } from '#schema/dead-letter.ts';

export interface DelayedRedrive {
  /** Of the redrive, as it will be started. */
  readonly input: Record<string, unknown>;
  readonly delaySeconds: number;
}

export interface RedriveQueues {
  delay(redrive: DelayedRedrive): Promise<void>;
  /** Sends the message again unchanged, with a new receive count. */
  putBack(body: string, delaySeconds: number): Promise<void>;
  giveUp(letter: DeadLetter): Promise<void>;
}

/** The queues of this environment; called once, at load. */
export function sqsRedriveQueues(): RedriveQueues {
  const client = createClient(SQSClient);
  const redriveQueueUrl = requiredText('REDRIVE_QUEUE_URL');
  const deadLetterQueueUrl = requiredText('DEAD_LETTER_QUEUE_URL');
  const putBack = async (MessageBody: string, DelaySeconds: number): Promise<void> => {
    await client.send(new SendMessageCommand({ QueueUrl: redriveQueueUrl, MessageBody, DelaySeconds }));
  };
  return {
    putBack,
    delay: ({ input, delaySeconds }) => putBack(JSON.stringify({ kind: 'delayed-redrive', input }), delaySeconds),
    async giveUp(letter) {
      await client.send(new SendMessageCommand({ QueueUrl: deadLetterQueueUrl, MessageBody: JSON.stringify(letter) }));
    },
  };
}
