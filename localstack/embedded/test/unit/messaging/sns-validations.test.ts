import { describe, expect, it } from '@jest/globals';
import { aMessaging, aTopic, queueArn, receive, topicArn, unique } from './fixture.ts';
import { all, call, lost, messaging, publish, topic } from './sns-setup.ts';

const invalid = (message: string) => ({
  code: 'InvalidParameterException',
  message: expect.stringContaining(`Invalid parameter: ${message}`),
});

const subscribe = (Attributes: object = {}, more: object = {}) =>
  call('Subscribe', { TopicArn: topicArn(topic), Protocol: 'sqs', Endpoint: queueArn(lost), Attributes, ...more });

describe('an attribute of a topic', () => {
  it.each([
    ['DeliveryPolicy', 'garbage', 'DeliveryPolicy: failed to parse JSON.'],
    ['Policy', '[]', 'Policy: failed to parse JSON.'],
    ['SignatureVersion', '3', 'SignatureVersion: Invalid value [3].'],
    ['TracingConfig', 'On', 'TracingConfig: Invalid value [On].'],
    ['DisplayName', 'x'.repeat(101), `DisplayName: Invalid value [${'x'.repeat(101)}].`],
    ['SQSSuccessFeedbackSampleRate', '101', 'SQSSuccessFeedbackSampleRate: Invalid value [101].'],
    ['DataProtectionPolicy', '{}', 'AttributeName'],
  ])('is not made with %s %j, nor changed to it', async (name, value, message) => {
    const made = call('CreateTopic', { Name: unique('made'), Attributes: { [name]: value } });
    const changed = call('SetTopicAttributes', {
      TopicArn: topicArn(topic),
      AttributeName: name,
      AttributeValue: value,
    });

    await expect(made).rejects.toMatchObject(invalid(`Attributes Reason: ${message}`));
    await expect(changed).rejects.toMatchObject(invalid(message));
  });

  it('does not load from a stack that has it wrong', async () => {
    const told = aTopic('told');
    const attributes = { ...told.attributes, display_name: 'x'.repeat(101) };

    await expect(aMessaging({ topics: [{ ...told, attributes }] })).rejects.toThrow(
      /^aws_sns_topic.told: .*DisplayName: Invalid value/,
    );
  });

  it('is no policy of data protection', async () => {
    await expect(call('CreateTopic', { Name: unique('made'), DataProtectionPolicy: '{}' })).rejects.toMatchObject({
      code: 'ValidationException',
    });
  });

  it('does not let a message have another structure than json', async () => {
    await expect(publish('{"default":"x"}', { MessageStructure: 'xml' })).rejects.toMatchObject(
      invalid('MessageStructure: Invalid value [xml].'),
    );
  });
});

describe('a subscription', () => {
  const wrong: [string, string, string][] = [
    ['Colour', 'red', 'AttributeName'],
    ['DeliveryPolicy', '{}', 'DeliveryPolicy is not served by the local cloud'],
    ['RawMessageDelivery', 'yes', 'RawMessageDelivery: Invalid value [yes]. Must be true or false.'],
    ['RawMessageDelivery', '', 'RawMessageDelivery: Invalid value []. Must be true or false.'],
    ['FilterPolicyScope', 'Subject', 'FilterPolicyScope: Invalid value [Subject].'],
    ['RedrivePolicy', 'dead', 'RedrivePolicy: failed to parse JSON.'],
    ['RedrivePolicy', '{"deadLetterTargetArn":"dead"}', 'RedrivePolicy: deadLetterTargetArn is an invalid arn'],
    ['FilterPolicy', '{"a":[1],"b":[1],"c":[1],"d":[1],"e":[1],"f":[1]}', 'FilterPolicy: Filter policy can not have'],
    ['FilterPolicy', '{"a":[{"numeric":[">=",-1000000001]}]}', 'FilterPolicy: Value must be between -1.0E9 and 1.0E9'],
    ['FilterPolicy', '{"$or":[{"a":[1]},{"b":[{"numeric":["=",1e10]}]}]}', 'FilterPolicy.$or[1].b[0]: numeric takes'],
    ['FilterPolicy', JSON.stringify({ a: [...Array(151).keys()] }), 'FilterPolicy: Filter policy is too complex'],
  ];

  it.each(wrong)('is not made with %s %j, nor changed to it', async (name, value, message) => {
    const ofCall = name === 'FilterPolicy' ? message : `Attributes Reason: ${message}`;
    await expect(subscribe({ [name]: value })).rejects.toMatchObject(invalid(ofCall));

    const { SubscriptionArn } = await subscribe();
    const change = { SubscriptionArn, AttributeName: name, AttributeValue: value };
    await expect(call('SetSubscriptionAttributes', change)).rejects.toMatchObject(invalid(message));
  });

  it('filters by numbers up to a billion', async () => {
    expect(await subscribe({ FilterPolicy: '{"a":[{"numeric":[">=",-1000000000,"<=",1e9]}]}' })).toHaveProperty(
      'SubscriptionArn',
    );
  });

  it.each([
    ['a queue by its name', { Endpoint: lost }, 'SQS endpoint ARN'],
    ['a FIFO queue', { Endpoint: queueArn('x.fifo') }, 'Invalid parameter: Endpoint Reason: FIFO SQS Queues'],
    ['a mail address without an @', { Protocol: 'email', Endpoint: 'ops' }, 'Email address'],
  ])('is not made for %s', async (_what, endpoint, message) => {
    await expect(subscribe({}, endpoint)).rejects.toMatchObject(invalid(message));
  });

  it('is the same when it is made again, unless some attribute that is given differs', async () => {
    const first = await subscribe({ RawMessageDelivery: 'True' });

    expect(await subscribe({ RawMessageDelivery: 'true' })).toEqual(first);
    expect(await subscribe()).toEqual(first);
    await expect(subscribe({ RawMessageDelivery: 'false' })).rejects.toMatchObject(
      invalid('Attributes Reason: Subscription already exists with different attributes'),
    );
  });

  it('with a filter on the body gets nothing but JSON objects', async () => {
    await subscribe({
      RawMessageDelivery: 'true',
      FilterPolicyScope: 'MessageBody',
      FilterPolicy: '{"a":[{"exists":false}]}',
    });
    for (const message of ['plain', '["a"]', '"a"', '{"a":1}', '{"b":1}']) await publish(message);

    expect((await receive(messaging, lost)).map(({ Body }) => Body)).toEqual(['{"b":1}']);
  });
});

describe('a topic', () => {
  it('is the same when it is made again, unless an attribute or a tag that is given differs', async () => {
    const made = { Name: unique('made'), Attributes: { DisplayName: 'A' }, Tags: [{ Key: 'team', Value: 'a' }] };
    const first = await call('CreateTopic', made);

    expect(await call('CreateTopic', made)).toEqual(first);
    expect(await call('CreateTopic', { Name: made.Name })).toEqual(first);
    expect(await call('ListTagsForResource', { ResourceArn: first.TopicArn })).toEqual({ Tags: made.Tags });
    await expect(call('CreateTopic', { ...made, Attributes: { DisplayName: 'B' } })).rejects.toMatchObject(
      invalid('Attributes Reason: Topic already exists with different attributes'),
    );
    await expect(call('CreateTopic', { ...made, Tags: [{ Key: 'team', Value: 'b' }] })).rejects.toMatchObject(
      invalid('Tags Reason: Topic already exists with different tags'),
    );
  });

  it('has the attributes that SNS knows', async () => {
    const change = { TopicArn: topicArn(topic), AttributeName: 'Colour', AttributeValue: 'red' };
    await expect(call('SetTopicAttributes', change)).rejects.toMatchObject(invalid('AttributeName'));
    await expect(call('CreateTopic', { Name: 'x', Attributes: { Colour: 'red' } })).rejects.toMatchObject(
      invalid('Attributes Reason: AttributeName'),
    );
  });
});

describe('publishing', () => {
  it.each([
    ['no topic', { TopicArn: undefined }, 'TopicArn Reason: An ARN must have at least 6 elements, not 1'],
    ['a name for the ARN', { TopicArn: topic }, 'TopicArn Reason: An ARN must have at least 6 elements, not 1'],
    ['a phone number', { PhoneNumber: '+15551234567' }, 'PhoneNumber Reason: the local cloud publishes to topics'],
    ['what FIFO topics take', { MessageDeduplicationId: 'a' }, 'MessageDeduplicationId Reason: The request includes'],
  ])('with %s is refused', async (_what, more, message) => {
    await expect(publish('x', more)).rejects.toMatchObject(invalid(message));
  });

  it('in a batch that is too large together is refused as a whole', async () => {
    const entries = ['a', 'b', 'c'].map((Id) => ({ Id, Message: 'x'.repeat(90_000) }));

    await expect(
      call('PublishBatch', { TopicArn: topicArn(topic), PublishBatchRequestEntries: entries }),
    ).rejects.toMatchObject({ code: 'BatchRequestTooLongException' });
    expect(await receive(messaging, all)).toEqual([]);
  });
});
