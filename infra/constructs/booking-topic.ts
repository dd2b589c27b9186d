import { Construct, SnsTopic, SnsTopicSubscription } from '../cdktf.ts';
import { physicalName, type StageConfig } from '../config.ts';

/** Tells subscribers how bookings end. */
export class BookingTopic extends Construct {
  readonly arn: string;
  readonly name: string;

  constructor(scope: Construct, id: string, config: StageConfig) {
    super(scope, id);
    // The key that AWS manages admits every principal of the account that may publish, so the functions need no KMS
    // permissions. It does not admit AWS services: nothing but our functions may publish here.
    const topic = new SnsTopic(this, 'Topic', {
      name: physicalName(config, 'booking'),
      kmsMasterKeyId: 'alias/aws/sns',
    });
    this.arn = topic.arn;
    this.name = topic.name;
    if (config.notificationEmail !== undefined) {
      // Nothing comes until the owner of the address has clicked the link that SNS sends.
      new SnsTopicSubscription(this, 'Email', {
        topicArn: this.arn,
        protocol: 'email',
        endpoint: config.notificationEmail,
      });
    }
  }
}
