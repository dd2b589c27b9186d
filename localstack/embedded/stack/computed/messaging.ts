import { type ComputedContext, type ComputedTypes, generatedName, same, stableUuid } from './computed.ts';

const queueUrl = (context: ComputedContext) =>
  `https://sqs.${context.region}.amazonaws.com/${context.accountId}/${context.get('name')}`;
const topicArn = (context: ComputedContext) =>
  `arn:aws:sns:${context.region}:${context.accountId}:${context.get('name')}`;

export const messaging: ComputedTypes = {
  aws_sns_topic: {
    name: generatedName,
    arn: topicArn,
    id: same('arn'),
    owner: ({ accountId }) => accountId,
  },
  aws_sns_topic_policy: { id: same('arn') },
  aws_sns_topic_subscription: {
    arn: (context) => `${context.get('topic_arn')}:${stableUuid(context.address)}`,
    id: same('arn'),
    owner_id: ({ accountId }) => accountId,
  },
  aws_sqs_queue: {
    name: generatedName,
    url: queueUrl,
    id: same('url'),
    arn: (context) => `arn:aws:sqs:${context.region}:${context.accountId}:${context.get('name')}`,
  },
  aws_sqs_queue_redrive_allow_policy: { id: same('queue_url') },
  aws_sqs_queue_policy: { id: same('queue_url') },
};
