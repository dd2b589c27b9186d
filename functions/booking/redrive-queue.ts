import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientDefaults } from '#functions/shared/aws-client.ts';
import { requiredText } from '#functions/shared/config.ts';
import type { DeadLetter } from '#schema/dead-letter.ts';
import type { PlannedRedrive } from './redrive.ts';

/** A redrive that waits in the redrive queue until its delay is over. */
export interface DelayedRedrive {
  readonly kind: 'delayed-redrive';
  readonly input: Record<string, unknown>;
}

export interface RedriveQueues {
  delay(redrive: Pick<PlannedRedrive, 'input' | 'delaySeconds'>): Promise<void>;
  giveUp(letter: DeadLetter): Promise<void>;
}

/** The queues of this environment; called once, at load. */
export function sqsRedriveQueues(): RedriveQueues {
  const client = new SQSClient(clientDefaults);
  const redriveQueueUrl = requiredText('REDRIVE_QUEUE_URL');
  const deadLetterQueueUrl = requiredText('DEAD_LETTER_QUEUE_URL');
  return {
    async delay({ input, delaySeconds }) {
      const redrive: DelayedRedrive = { kind: 'delayed-redrive', input };
      await client.send(
        new SendMessageCommand({
          QueueUrl: redriveQueueUrl,
          MessageBody: JSON.stringify(redrive),
          DelaySeconds: delaySeconds,
        }),
      );
    },
    async giveUp(letter) {
      await client.send(new SendMessageCommand({ QueueUrl: deadLetterQueueUrl, MessageBody: JSON.stringify(letter) }));
    },
  };
}
