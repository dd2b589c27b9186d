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
  const Policy = JSON.stringify({ Statement: { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' } });
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

it.each([
  ['{"Statement":[]}', 'Policy: the policy has no Statement'],
  ['{"Statement":[null]}', 'Policy.Statement[0]: must be an object'],
  [
    JSON.stringify({ Statement: { Effect: 'Allow', Action: 'sqs:*', Resource: '*' } }),
    'Policy.Statement[0]: needs a Principal',
  ],
])('refuses the policy %s where a call gives it, and not in each later call', async (Policy, problem) => {
  const [queue, topic] = [unique('q'), unique('t')];
  const { sns, sqs, close } = await aMessaging({ queues: [aQueue(queue)], topics: [aTopic(topic)] });
  const Attributes = { Policy };
  const invalid = { code: 'InvalidAttributeValue', message: expect.stringContaining(problem) };
  const ofTopic = { code: 'InvalidParameterException', message: expect.stringContaining(problem) };
  const topicPolicy = { TopicArn: topicArn(topic), AttributeName: 'Policy', AttributeValue: Policy };

  const set = sqs.call('SetQueueAttributes', { QueueUrl: urlOf(queue), Attributes }, OUTSIDE);
  await expect(set).rejects.toMatchObject(invalid);
  await expect(sqs.call('CreateQueue', { QueueName: 'new', Attributes }, OUTSIDE)).rejects.toMatchObject(invalid);
  await expect(sns.call('SetTopicAttributes', topicPolicy, OUTSIDE)).rejects.toMatchObject(ofTopic);
  await expect(sns.call('CreateTopic', { Name: 'new', Attributes }, OUTSIDE)).rejects.toMatchObject(ofTopic);
  await close();
});
