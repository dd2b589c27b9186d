import { afterEach, beforeEach } from '@jest/globals';
import type { Messaging } from '#embedded/messaging/index.ts';
import { AwsError, OUTSIDE } from '#embedded/types.ts';
import { aMessaging, aQueue, type Call, queueArn, unique } from './fixture.ts';

export const orders = unique('orders');

export const deadLetters = unique('dead');

export const slow = unique('slow');

export let messaging: Messaging & { calls: Call[] };

export let denied: string | undefined;

export const call = (operation: string, input: object) =>
  messaging.sqs.call(operation, { ...input } as Record<string, unknown>, OUTSIDE);

beforeEach(async () => {
  denied = undefined;
  const calls: Call[] = [];
  const made = await aMessaging({
    queues: [
      aQueue(orders, {
        visibility_timeout_seconds: 0,
        message_retention_seconds: 120,
        redrive_policy: JSON.stringify({ deadLetterTargetArn: queueArn(deadLetters), maxReceiveCount: 1 }),
        kms_master_key_id: 'alias/aws/sqs',
      }),
      aQueue(deadLetters),
      aQueue(slow, { delay_seconds: 1, visibility_timeout_seconds: 1, receive_wait_time_seconds: 20 }),
    ],
    authorize: (_caller, action, resource) => {
      calls.push({ action, resource });
      if (action === denied) throw new AwsError('AccessDenied', `${action} is not allowed`, 403);
    },
  });
  messaging = { ...made, calls };
});

afterEach(() => messaging.close());

export const setDenied = (value: typeof denied): void => {
  denied = value;
};
