import type { RunbookPage } from '../alarms/runbook.ts';
import { Construct, Lazy, SqsQueue, SqsQueuePolicy, SqsQueueRedriveAllowPolicy } from '../cdktf.ts';
import { physicalName, type StageConfig } from '../config.ts';
import { senderStatement } from './queue-senders.ts';

const fourteenDaysInSeconds = 14 * 24 * 60 * 60;

/** Messages that ran out of tries and need an operator. */
export class DeadLetterQueue extends Construct {
  readonly arn: string;
  readonly url: string;
  readonly name: string;
  /** For people: what its letters are, and what to do about them. */
  readonly description: string;
  readonly page: RunbookPage;
  /** Without the stage's prefix. */
  readonly shortName: string;
  readonly #senders = new Map<string, string[]>();

  constructor(
    scope: Construct,
    id: string,
    props: Pick<DeadLetterQueue, 'name' | 'description' | 'page'> & { readonly config: StageConfig },
  ) {
    super(scope, id);
    const { config, name, description, page } = props;
    this.description = description;
    this.page = page;
    this.shortName = name;
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

  /**
   * Says which queues may use it for their dead letters; with none, it is no dead-letter queue of a queue at all, and its
   * letters cannot be moved by SQS. A resource of its own: queue and dead-letter queue name each other.
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
   */
  serveOnly(...sources: readonly { readonly arn: string }[]): void {
    const policy =
      sources.length > 0
        ? { redrivePermission: 'byQueue', sourceQueueArns: sources.map(({ arn }) => arn) }
        : { redrivePermission: 'denyAll' };
    new SqsQueueRedriveAllowPolicy(this, 'RedriveAllowPolicy', {
      queueUrl: this.url,
      redriveAllowPolicy: JSON.stringify(policy),
    });
  }

  /** Lets an AWS service bury here what it could not deliver for this rule or topic. */
  admit(service: string, sourceArn: string): void {
    if (this.#senders.size === 0) {
      new SqsQueuePolicy(this, 'QueuePolicy', {
        queueUrl: this.url,
        policy: Lazy.stringValue({ produce: () => this.#policy() }),
      });
    }
    this.#senders.set(service, [...(this.#senders.get(service) ?? []), sourceArn]);
  }

  #policy(): string {
    return JSON.stringify({
      Version: '2012-10-17',
      Statement: [...this.#senders].map(([service, sourceArns]) => senderStatement(this, service, sourceArns)),
    });
  }
}
