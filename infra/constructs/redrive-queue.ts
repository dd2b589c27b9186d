import { Construct, SqsQueue } from '../cdktf.ts';
import { physicalName, type StageConfig } from '../config.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';

const fourDaysInSeconds = 4 * 24 * 60 * 60;
/** AWS's advice for queues that invoke a function. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const visibilityInFunctionTimeouts = 6;
const maxReceives = 5;

/** Holds the executions that ended without undoing all until the redrive function has seen to them. */
export class RedriveQueue extends Construct {
  readonly arn: string;
  readonly url: string;
  readonly name: string;
  readonly delaySeconds: number;

  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly config: StageConfig;
      readonly deadLetterQueue: DeadLetterQueue;
      readonly functionTimeoutSeconds: number;
    },
  ) {
    super(scope, id);
    const { config, deadLetterQueue, functionTimeoutSeconds } = props;
    this.delaySeconds = config.redrive.delaySeconds;
    const queue = new SqsQueue(this, 'Queue', {
      name: physicalName(config, 'redrive'),
      visibilityTimeoutSeconds: visibilityInFunctionTimeouts * functionTimeoutSeconds,
      messageRetentionSeconds: fourDaysInSeconds,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetterQueue.arn, maxReceiveCount: maxReceives }),
      sqsManagedSseEnabled: true,
    });
    this.name = queue.name;
    this.arn = queue.arn;
    this.url = queue.url;
  }
}
