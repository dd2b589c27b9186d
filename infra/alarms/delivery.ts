import type { AlarmDefinition, Watched } from './definition.ts';

/** Longer than the longest delay of a redrive (a quarter of an hour) and five tries of a message take together. */
const waitsTooLongSeconds = 30 * 60;

/** What waits, what could not be delivered, and what is lost. */
export function deliveryAlarms(watched: Watched): AlarmDefinition[] {
  return [...queueAlarms(watched), ...senderAlarms(watched)];
}

function queueAlarms({ workQueues, deadLetterQueues }: Watched): AlarmDefinition[] {
  return [
    ...deadLetterQueues.map(({ shortName, name, description, page }) => ({
      name: shortName,
      namespace: 'AWS/SQS',
      metric: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: name },
      statistic: 'Maximum' as const,
      page,
      description,
    })),
    ...workQueues.map(({ shortName, name }) => ({
      name: `waiting-${shortName}`,
      namespace: 'AWS/SQS',
      metric: 'ApproximateAgeOfOldestMessage',
      page: 'waiting-messages' as const,
      dimensions: { QueueName: name },
      statistic: 'Maximum' as const,
      threshold: waitsTooLongSeconds,
      description: `Messages of the ${shortName} queue wait for longer than delays and retries take: see its function`,
    })),
  ];
}

function senderAlarms({ redrive, schedules, topic }: Watched): AlarmDefinition[] {
  const ofTopic = { namespace: 'AWS/SNS', dimensions: { TopicName: topic.name } };
  return [
    ...[redrive, ...schedules].flatMap(({ shortName, ruleName }) => [
      {
        name: `undelivered-${shortName}`,
        namespace: 'AWS/Events',
        metric: 'FailedInvocations',
        page: 'undelivered-events-and-messages' as const,
        dimensions: { RuleName: ruleName },
        description: `Events of the rule ${shortName} could not be delivered: see the queue of undelivered events`,
      },
      {
        name: `lost-${shortName}`,
        namespace: 'AWS/Events',
        metric: 'InvocationsFailedToBeSentToDlq',
        page: 'lost-events-and-messages' as const,
        dimensions: { RuleName: ruleName },
        description: `Events of the rule ${shortName} are lost: their dead-letter queue did not take them`,
      },
    ]),
    {
      ...ofTopic,
      name: 'undelivered-notifications',
      metric: 'NumberOfNotificationsFailed',
      page: 'undelivered-events-and-messages',
      description: 'Messages of the booking topic did not reach a subscriber: see the queue of undelivered messages',
    },
    {
      ...ofTopic,
      name: 'lost-notifications',
      metric: 'NumberOfNotificationsFailedToRedriveToDlq',
      page: 'lost-events-and-messages',
      description: 'Messages of the booking topic are lost: their dead-letter queue did not take them',
    },
    ...schedules.map(({ scheduled: { definition, functionName } }) => ({
      name: `lost-record-of-${definition.name}`,
      namespace: 'AWS/Lambda',
      metric: 'DestinationDeliveryFailures',
      page: 'lost-events-and-messages' as const,
      dimensions: { FunctionName: functionName },
      description: `The record of a failed run of ${definition.name} is lost: its queue did not take it`,
    })),
  ];
}
