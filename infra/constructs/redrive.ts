import { CloudwatchEventRule, CloudwatchEventTarget, Construct, LambdaEventSourceMapping } from '../cdktf.ts';
import { physicalName, type StageConfig } from '../config.ts';
import type { BookingMachine } from './booking-machine.ts';
import { admitToQueue } from './queue-senders.ts';
import type { RedriveQueue } from './redrive-queue.ts';
import type { SagaFunction } from './saga-function.ts';

const batchSize = 10;
/** Redriving is never urgent, and a burst of it must not take concurrency from bookings. */
const maxConcurrency = 2;

/** Ended executions → rule → queue → redrive function: no execution may end without its undo. */
export class Redrive extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly config: StageConfig;
      readonly machine: BookingMachine;
      readonly queue: RedriveQueue;
      readonly redrive: SagaFunction;
    },
  ) {
    super(scope, id);
    const { config, machine, queue, redrive } = props;

    const rule = new CloudwatchEventRule(this, 'Rule', {
      name: physicalName(config, 'execution-ended'),
      description: 'Executions of the booking saga that ended other than by success',
      eventPattern: JSON.stringify({
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'], stateMachineArn: [machine.arn] },
      }),
    });
    const policy = admitToQueue(this, { queue, service: 'events.amazonaws.com', sourceArn: rule.arn });
    new CloudwatchEventTarget(this, 'Target', { rule: rule.name, arn: queue.arn, dependsOn: [policy] });

    new LambdaEventSourceMapping(this, 'EventSource', {
      eventSourceArn: queue.arn,
      functionName: redrive.arn,
      batchSize,
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: { maximumConcurrency: maxConcurrency },
      // Lambda looks into the role when the mapping is made.
      dependsOn: [redrive.role.policy],
    });
  }
}
