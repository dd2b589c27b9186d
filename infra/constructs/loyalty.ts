import { Construct, SnsTopicSubscription } from '../cdktf.ts';
import type { BookingTopic } from './booking-topic.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import type { FunctionQueue } from './function-queue.ts';
import { consumeQueue } from './queue-consumer.ts';
import { admitToQueue } from './queue-senders.ts';
import type { SagaFunction } from './saga-function.ts';

/** The least that AWS admits: customers with many bookings at once have one account, and its writers wait for each other. */
const maxConcurrency = 2;

/** Booking topic → queue → function: points for every booking, however late they come. */
export class Loyalty extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly topic: BookingTopic;
      readonly queue: FunctionQueue;
      readonly credit: SagaFunction;
      readonly undeliveredMessages: DeadLetterQueue;
    },
  ) {
    super(scope, id);
    const { topic, queue, credit, undeliveredMessages } = props;

    // SNS decrypts what it delivers, and the queue's key is SQS's own (SSE-SQS), which needs no grant; with a KMS key, even
    // AWS's own alias/aws/sqs, nothing would arrive.
    const policy = admitToQueue(this, { queue, service: 'sns.amazonaws.com', sourceArn: topic.arn });
    undeliveredMessages.admit('sns.amazonaws.com', topic.arn);
    new SnsTopicSubscription(this, 'Subscription', {
      topicArn: topic.arn,
      protocol: 'sqs',
      endpoint: queue.arn,
      rawMessageDelivery: true,
      // SNS gives up at once where the queue or its policy is gone.
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: undeliveredMessages.arn }),
      dependsOn: [policy],
    });

    consumeQueue(this, { queue, consumer: credit, maxConcurrency });
  }
}
