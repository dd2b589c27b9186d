import { describe, expect, it } from '@jest/globals';
import { OUTSIDE } from '#embedded/types.ts';
import { receive, topicArn, urlOf } from './fixture.ts';
import { all, call, confirmed, messaging, publish, status, topic } from './sns-setup.ts';

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
describe('the message group of a message', () => {
  const groups = async (queue: string) =>
    (await receive(messaging, queue)).map(({ Attributes }) => Attributes?.MessageGroupId);

  it('goes on to the queues, from Publish and from PublishBatch', async () => {
    await publish('x', { MessageGroupId: 'tenant-1', ...status('confirmed') });
    const entries = [{ Id: 'a', Message: 'y', MessageGroupId: 'tenant-2' }];
    await call('PublishBatch', { TopicArn: topicArn(topic), PublishBatchRequestEntries: entries });

    expect(await groups(all)).toEqual(['tenant-1', 'tenant-2']);
    expect(await groups(confirmed)).toEqual(['tenant-1']);
  });

  it.each(['SendMessage', 'Publish'])('that is null is none for %s', async (operation) => {
    const input = { QueueUrl: urlOf(all), TopicArn: topicArn(topic), MessageBody: 'x', Message: 'x' };
    const service = operation === 'Publish' ? messaging.sns : messaging.sqs;
    await service.call(operation, { ...input, MessageGroupId: null }, OUTSIDE);

    expect(await groups(all)).toEqual([undefined]);
  });

  it.each([['g'.repeat(129)], ['a b'], [''], ['é']])('is not %j', async (MessageGroupId) => {
    const reason = 'MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.';
    const ofQueue = { QueueUrl: urlOf(all), MessageBody: 'x', MessageGroupId };

    await expect(publish('x', { MessageGroupId })).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: `Invalid parameter: MessageGroupId Reason: ${reason}`,
    });
    await expect(messaging.sqs.call('SendMessage', ofQueue, OUTSIDE)).rejects.toMatchObject({
      code: 'InvalidParameterValue',
      message: `Value ${MessageGroupId} for parameter MessageGroupId is invalid. Reason: ${reason}`,
    });
  });
});
