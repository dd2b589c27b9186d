import { Construct, SqsQueue } from '../cdktf.ts';
import { physicalName, type StageConfig } from '../config.ts';

const fourteenDaysInSeconds = 14 * 24 * 60 * 60;

/** What nobody but a person can mend: messages that ran out of tries. */
export class DeadLetterQueue extends Construct {
  readonly arn: string;
  readonly url: string;
  readonly name: string;

  constructor(scope: Construct, id: string, config: StageConfig, name = 'dead-letters') {
    super(scope, id);
    const queue = new SqsQueue(this, 'Queue', {
      name: physicalName(config, name),
      // The longest that SQS keeps a message: people have weekends.
      messageRetentionSeconds: fourteenDaysInSeconds,
      sqsManagedSseEnabled: true,
    });
    this.name = queue.name;
    this.arn = queue.arn;
    this.url = queue.url;
  }
}
