import type { Construct } from '../cdktf.ts';
import type { StageConfig } from '../config.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';

/** Every queue of dead letters. `npm run dlq` shows the letters and delivers them again: see `infra/operations/dlq`. */
export function deadLettersOf(scope: Construct, config: StageConfig) {
  const queue = (id: string, props: Pick<DeadLetterQueue, 'name' | 'description' | 'page'>) =>
    new DeadLetterQueue(scope, id, { config, ...props });
  const undelivered = 'undelivered-events-and-messages';
  return {
    ofSaga: queue('DeadLetters', {
      name: 'dead-letters',
      description: 'Bookings could not be undone, or their messages not be sent: mend the cause, then npm run dlq',
      page: 'dead-letters',
    }),
    ofLoyalty: queue('LoyaltyDeadLetters', {
      name: 'loyalty-dead-letters',
      description: 'Points of bookings could not be credited: mend the cause, then npm run dlq',
      page: 'loyalty-dead-letters',
    }),
    undeliveredEvents: queue('UndeliveredEvents', {
      name: 'undelivered-events',
      description: 'EventBridge could not deliver events: mend the cause, then npm run dlq',
      page: undelivered,
    }),
    undeliveredMessages: queue('UndeliveredMessages', {
      name: 'undelivered-messages',
      description: 'SNS could not deliver booking messages: mend the cause, then npm run dlq',
      page: undelivered,
    }),
    failedInvocations: queue('FailedInvocations', {
      name: 'failed-invocations',
      description: 'Scheduled runs failed: see the log of the function, mend the cause, then npm run dlq',
      page: 'failed-invocations',
    }),
  } as const;
}
