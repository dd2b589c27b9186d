import { Construct, SqsQueue } from '../cdktf.ts';
import { physicalName, type StageConfig } from '../config.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';

const fourDaysInSeconds = 4 * 24 * 60 * 60;
/** AWS's advice for queues that invoke a function. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const visibilityInFunctionTimeouts = 6;
const maxReceives = 5;

export interface FunctionQueueProps {
  readonly config: StageConfig;
  readonly deadLetterQueue: DeadLetterQueue;
  readonly functionTimeoutSeconds: number;
}

/** A queue that a function works off. */
export class FunctionQueue extends Construct {
  readonly arn: string;
  readonly url: string;
  readonly name: string;
  /** Without the stage's prefix. */
  readonly shortName: string;

  constructor(scope: Construct, id: string, { name, ...props }: FunctionQueueProps & { readonly name: string }) {
    super(scope, id);
    const { config, deadLetterQueue, functionTimeoutSeconds } = props;
    const queue = new SqsQueue(this, 'Queue', {
      name: physicalName(config, name),
      visibilityTimeoutSeconds: visibilityInFunctionTimeouts * functionTimeoutSeconds,
      messageRetentionSeconds: fourDaysInSeconds,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetterQueue.arn, maxReceiveCount: maxReceives }),
      sqsManagedSseEnabled: true,
    });
    this.name = queue.name;
    this.shortName = name;
    this.arn = queue.arn;
    this.url = queue.url;
  }
}
