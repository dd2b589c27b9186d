import {
  GetTopicAttributesCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from '@jest/globals';
import { createSts } from '#embedded/iam/sts.ts';
import { AwsError } from '#embedded/types.ts';
import { endpoint, ROLE_KEY, serving } from './clients-setup.ts';
import { fakeService } from './fake-service.ts';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:orders';

describe('query and XML', () => {
  it('gives SNS the shapes of the SDK', async () => {
    const sns = fakeService(() => ({ MessageId: 'id-1' }));
    const client = await serving({ sns }, SNSClient);
    const MessageAttributes = {
      'Order.Status': { DataType: 'String', StringValue: 'confirmed & <paid>' },
      Raw: { DataType: 'Binary', BinaryValue: Uint8Array.of(1, 2) },
    };

    const { MessageId } = await client.send(
      new PublishCommand({ TopicArn: TOPIC, Message: 'a+b = ü\n%', MessageAttributes }),
    );

    expect(MessageId).toBe('id-1');
    expect(sns.calls[0]).toMatchObject({
      operation: 'Publish',
      input: {
        TopicArn: TOPIC,
        Message: 'a+b = ü\n%',
        MessageAttributes: {
          'Order.Status': MessageAttributes['Order.Status'],
          Raw: { DataType: 'Binary', BinaryValue: 'AQI=' },
        },
      },
    });
  });

  it('gives lists of structures in order, also beyond nine', async () => {
    const sns = fakeService(({ input }) => ({
      Successful: (input.PublishBatchRequestEntries as { Id: string }[]).map(({ Id }) => ({ Id })),
      Failed: [],
    }));
    const client = await serving({ sns }, SNSClient);
    const entries = Array.from({ length: 12 }, (_, index) => ({ Id: `m${index}`, Message: 'x' }));

    const answer = await client.send(new PublishBatchCommand({ TopicArn: TOPIC, PublishBatchRequestEntries: entries }));

    expect(answer.Successful?.map(({ Id }) => Id)).toEqual(entries.map(({ Id }) => Id));
    expect(answer.Failed ?? []).toEqual([]);
  });

  it('answers maps, lists and nothing', async () => {
    const answers: Record<string, Record<string, unknown>> = {
      GetTopicAttributes: { Attributes: { TopicArn: TOPIC, DisplayName: 'a "b" <c>' } },
      ListTopics: { Topics: [{ TopicArn: TOPIC }] },
      Subscribe: { SubscriptionArn: `${TOPIC}:1` },
      Unsubscribe: {},
    };
    const client = await serving({ sns: fakeService(({ operation }) => answers[operation] ?? {}) }, SNSClient);

    const attributes = await client.send(new GetTopicAttributesCommand({ TopicArn: TOPIC }));
    const topics = await client.send(new ListTopicsCommand({}));
    const subscribed = await client.send(
      new SubscribeCommand({ TopicArn: TOPIC, Protocol: 'sqs', Attributes: { RawMessageDelivery: 'true' } }),
    );
    const unsubscribed = await client.send(new UnsubscribeCommand({ SubscriptionArn: 'x' }));

    expect(attributes.Attributes).toEqual({ TopicArn: TOPIC, DisplayName: 'a "b" <c>' });
    expect(topics.Topics).toEqual([{ TopicArn: TOPIC }]);
    expect(subscribed.SubscriptionArn).toBe(`${TOPIC}:1`);
    expect(unsubscribed.$metadata.httpStatusCode).toBe(200);
  });

  it.each([
    ['AccessDeniedException', 'AuthorizationErrorException', 403],
    ['NotFoundException', 'NotFoundException', 404],
  ])('turns %s into the SDK exception %s', async (code, name, status) => {
    const sns = fakeService(() => {
      throw new AwsError(code, 'not <allowed> & refused', status === 404 ? 404 : 400);
    });
    const client = await serving({ sns }, SNSClient);

    await expect(client.send(new PublishCommand({ TopicArn: TOPIC, Message: 'x' }))).rejects.toMatchObject({
      name,
      message: 'not <allowed> & refused',
      $metadata: { httpStatusCode: status, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
  });

  it('tells a role and an outsider who they are', async () => {
    const sts = createSts({ accountId: '000000000000', sessionOf: () => 'place-order' });
    const asRole = await serving({ sts }, STSClient, ROLE_KEY);
    const role = await asRole.send(new GetCallerIdentityCommand({}));
    await endpoint?.close();
    const asOutsider = await serving({ sts }, STSClient);

    const outsider = await asOutsider.send(new GetCallerIdentityCommand({}));

    expect(role.Arn).toBe('arn:aws:sts::000000000000:assumed-role/shop-local-place-order/place-order');
    expect(outsider).toMatchObject({ Account: '000000000000', Arn: 'arn:aws:iam::000000000000:root' });
  });
});
