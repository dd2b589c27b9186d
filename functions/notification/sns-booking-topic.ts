import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { createClient } from '#functions/shared/aws/aws-client.ts';
import { requiredText } from '#functions/shared/aws/config.ts';
import { bookingStatusAttribute, bookingStatusAttributeValues } from '#schema/booking-event.ts';
import type { BookingTopic } from './booking-notification.ts';

/** The topic of this environment; called once, at load. */
export function snsBookingTopic(): BookingTopic {
  const client = createClient(SNSClient);
  const topicArn = requiredText('BOOKING_TOPIC_ARN');
  return {
    async publish(subject, event) {
      await client.send(
        new PublishCommand({
          TopicArn: topicArn,
          Subject: subject,
          Message: JSON.stringify(event),
          MessageAttributes: {
            [bookingStatusAttribute]: {
              DataType: 'String',
              StringValue: bookingStatusAttributeValues[event.status],
            },
          },
        }),
      );
    },
  };
}
