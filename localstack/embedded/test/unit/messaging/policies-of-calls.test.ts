import { expect, it } from '@jest/globals';
import { OUTSIDE } from '#embedded/types.ts';
import { aMessaging, aQueue, aTopic, queueArn, send, topicArn, unique, urlOf } from './fixture.ts';

it('authorizes with the policies that calls have given queues and topics', async () => {
  const [queue, topic] = [unique('q'), unique('t')];
  const asked: unknown[] = [];
  const messaging = await aMessaging({
    queues: [aQueue(queue, { policy: '{"Statement":[]}' })],
    topics: [aTopic(topic)],
    authorize: (_caller, action, resource, _context, policy) => void asked.push([action, resource, policy]),
  });
  const { sns, sqs } = messaging;
  const publish = () => sns.call('Publish', { TopicArn: topicArn(topic), Message: 'm' }, OUTSIDE);
  await send(messaging, queue, 'm');
  await publish();
  const Policy = '{"Statement":{}}';
  await sqs.call('SetQueueAttributes', { QueueUrl: urlOf(queue), Attributes: { Policy } }, OUTSIDE);
  const topicPolicy = { TopicArn: topicArn(topic), AttributeName: 'Policy', AttributeValue: Policy };
  await sns.call('SetTopicAttributes', topicPolicy, OUTSIDE);
  asked.splice(2);
  await send(messaging, queue, 'm');
  await publish();
  await messaging.close();

  expect(asked).toEqual([
    ['sqs:SendMessage', queueArn(queue), undefined],
    ['sns:Publish', topicArn(topic), undefined],
    ['sqs:SendMessage', queueArn(queue), Policy],
    ['sns:Publish', topicArn(topic), Policy],
  ]);
});
