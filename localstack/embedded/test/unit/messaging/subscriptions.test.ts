import { describe, expect, it } from '@jest/globals';
import { createMailbox } from '#embedded/messaging/mailbox.ts';
import { createStore } from '#embedded/store/index.ts';
import { OUTSIDE } from '#embedded/types.ts';
import { aMessaging, aQueue, aSubscription, aTopic, queueArn, receive, topicArn, unique } from './fixture.ts';
import { all, call, lost, messaging, publish, status, topic } from './sns-setup.ts';

describe('subscriptions', () => {
  it('can be made and ended while running', async () => {
    const { SubscriptionArn } = await call('Subscribe', {
      TopicArn: topicArn(topic),
      Protocol: 'sqs',
      Endpoint: queueArn(lost),
      Attributes: { RawMessageDelivery: 'true', FilterPolicy: '{"kind":[{"prefix":"a"}]}' },
    });
    await publish('x', { MessageAttributes: { kind: { DataType: 'String', StringValue: 'apple' } } });
    expect(await receive(messaging, lost)).toMatchObject([{ Body: 'x' }]);

    await call('Unsubscribe', { SubscriptionArn });
    await publish('y', { MessageAttributes: { kind: { DataType: 'String', StringValue: 'apple' } } });
    expect(await receive(messaging, lost)).toEqual([]);
  });

  it('by e-mail get the messages that match, in a mailbox instead of a mail', async () => {
    const lines: string[] = [];
    const mailbox = createMailbox(createStore(), (line) => lines.push(line));
    const name = unique('mailed');
    const toOwner = {
      protocol: 'email',
      endpoint: 'owner@example.com',
      filter_policy: '{"Order.Status":["confirmed"]}',
    };
    const mailing = await aMessaging({
      topics: [aTopic(name)],
      subscriptions: [aSubscription(name, 'by-mail', toOwner)],
      mailbox,
    });
    const send = (Message: string, Subject: string | undefined, value: string) =>
      mailing.sns.call('Publish', { TopicArn: topicArn(name), Message, Subject, ...status(value) }, OUTSIDE);
    await send('packed', 'Good news', 'confirmed');
    await send('cancelled', 'Bad news', 'cancelled');
    await send('again', undefined, 'confirmed');
    await mailing.close();

    expect(mailbox.mails().map(({ sentAt, ...mail }) => mail)).toEqual([
      { to: 'owner@example.com', subject: 'Good news', body: 'packed', topicArn: topicArn(name) },
      { to: 'owner@example.com', subject: 'AWS Notification Message', body: 'again', topicArn: topicArn(name) },
    ]);
    expect(lines).toEqual([
      'To owner@example.com: Good news | packed',
      'To owner@example.com: AWS Notification Message | again',
    ]);
  });

  it('by e-mail are recorded as pending', async () => {
    const { Subscriptions } = await call('ListSubscriptionsByTopic', { TopicArn: topicArn(topic) });

    expect(Subscriptions).toHaveLength(4);
    expect(Subscriptions).toContainEqual({
      SubscriptionArn: 'PendingConfirmation',
      Owner: '000000000000',
      Protocol: 'email',
      Endpoint: 'ops@example.com',
      TopicArn: topicArn(topic),
    });
  });

  it.each(['http', 'https', 'sms', 'lambda'])(
    'by %s are refused, since nothing would come of them',
    async (Protocol) => {
      const input = { TopicArn: topicArn(topic), Protocol, Endpoint: 'http://localhost:1' };

      await expect(call('Subscribe', input)).rejects.toMatchObject({
        code: 'InvalidParameterException',
        message: expect.stringContaining('the local cloud delivers to sqs, email, email-json alone'),
      });
    },
  );

  it('have attributes that SNS knows, and filters on attributes without nesting', async () => {
    const { SubscriptionArn } = await call('Subscribe', {
      TopicArn: topicArn(topic),
      Protocol: 'sqs',
      Endpoint: queueArn(lost),
    });
    const set = (AttributeName: string, AttributeValue: string) =>
      call('SetSubscriptionAttributes', { SubscriptionArn, AttributeName, AttributeValue });

    await expect(set('Colour', 'red')).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await expect(set('FilterPolicy', '{"a":{"b":["c"]}}')).rejects.toThrow('does not support nested filter policy');
    await set('FilterPolicyScope', 'MessageBody');
    await set('FilterPolicy', '{"a":{"b":["c"]}}');
    await publish('{"a":{"b":"c"}}');
    await publish('{"a":{"b":"d"}}');
    expect(await receive(messaging, lost)).toHaveLength(1);
  });

  it.each([
    ['an unknown operator', { filter_policy: '{"a":[{"sounds-like":"b"}]}' }, 'unknown operator "sounds-like"'],
    ['a protocol that is not delivered', { protocol: 'https' }, 'Protocol https'],
  ])('of the stack with %s do not load', async (_what, attributes, message) => {
    const options = {
      queues: [aQueue(all)],
      topics: [aTopic(topic)],
      subscriptions: [aSubscription(topic, all, attributes)],
    };

    await expect(aMessaging(options)).rejects.toThrow(message);
  });
});
