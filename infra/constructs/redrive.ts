import { CloudwatchEventRule, CloudwatchEventTarget, Construct } from '../cdktf.ts';
import { physicalName, type StageConfig } from '../config.ts';
import type { BookingMachine } from './booking-machine.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import { consumeQueue } from './queue-consumer.ts';
import { admitToQueue } from './queue-senders.ts';
import type { RedriveQueue } from './redrive-queue.ts';
import type { SagaFunction } from './saga-function.ts';

/** Redriving is never urgent, and a burst of it must not take concurrency from bookings. */
const maxConcurrency = 2;

/** EventBridge's own utmost, in words: an event that is lost would leave its booking to the reconciler. */
const retryPolicy = { maximumEventAgeInSeconds: 24 * 60 * 60, maximumRetryAttempts: 185 };

/** Ended executions → rule → queue → redrive function: no execution may end without its undo. */
export class Redrive extends Construct {
  /** Of the rule, without the stage's prefix. */
  readonly shortName = 'execution-ended';
  readonly ruleName: string;

  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly config: StageConfig;
      readonly machine: BookingMachine;
      readonly queue: RedriveQueue;
      readonly redrive: SagaFunction;
      readonly undeliveredEvents: DeadLetterQueue;
    },
  ) {
    super(scope, id);
    const { config, machine, queue, redrive, undeliveredEvents } = props;

    const rule = new CloudwatchEventRule(this, 'Rule', {
      name: physicalName(config, this.shortName),
      description: 'Executions of the booking saga that ended other than by success',
      eventPattern: JSON.stringify({
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'], stateMachineArn: [machine.arn] },
      }),
    });
    const policy = admitToQueue(this, { queue, service: 'events.amazonaws.com', sourceArn: rule.arn });
    undeliveredEvents.admit('events.amazonaws.com', rule.arn);
    new CloudwatchEventTarget(this, 'Target', {
      rule: rule.name,
      arn: queue.arn,
      deadLetterConfig: { arn: undeliveredEvents.arn },
      retryPolicy,
      dependsOn: [policy],
    });
    this.ruleName = rule.name;

    consumeQueue(this, { queue, consumer: redrive, maxConcurrency });
  }
}
