import type { Construct } from '../cdktf.ts';
import type { StageConfig } from '../config.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';

/**
 * Every queue of dead letters. Those of the two queues are moved back by SQS; what a rule, a subscription or a function
 * could not bring about has no queue that it came from, so `npm run redeliver` delivers it again.
 */
export function deadLettersOf(scope: Construct, config: StageConfig) {
  const queue = (id: string, name: string, description: string) =>
    new DeadLetterQueue(scope, id, { config, name, description });
  return {
    ofSaga: queue('DeadLetters', 'dead-letters', 'Dead letters wait: mend the cause, then redrive them'),
    ofLoyalty: queue(
      'LoyaltyDeadLetters',
      'loyalty-dead-letters',
      'Booking messages whose points could not be credited wait: mend the cause, then move them back',
    ),
    undeliveredEvents: queue(
      'UndeliveredEvents',
      'undelivered-events',
      'Events that EventBridge could not deliver wait: mend the cause, then npm run redeliver',
    ),
    undeliveredMessages: queue(
      'UndeliveredMessages',
      'undelivered-messages',
      'Booking messages that SNS could not deliver wait: mend the cause, then npm run redeliver',
    ),
    failedInvocations: queue(
      'FailedInvocations',
      'failed-invocations',
      'Scheduled runs failed: see the log of the function, mend the cause, then npm run redeliver',
    ),
  } as const;
}
