import { describe, expect, it } from '@jest/globals';
import { OUTSIDE } from '#embedded/types.ts';
import { aMessaging, aQueue, queueArn, receive, send, unique, urlOf } from './fixture.ts';
import { call, deadLetters, messaging, orders, slow } from './sqs-setup.ts';

const anAllowPolicy = (queue: string, policy: object) => ({
  type: 'aws_sqs_queue_redrive_allow_policy',
  name: 'Allow',
  attributes: { queue_url: `http://h/0/${queue}`, redrive_allow_policy: JSON.stringify(policy) },
});

describe('a queue of the stack', () => {
  it('has the attributes that Terraform gave it', async () => {
    const { Attributes } = await call('GetQueueAttributes', { QueueUrl: urlOf(slow), AttributeNames: ['All'] });

    expect(Attributes).toMatchObject({
      QueueArn: queueArn(slow),
      DelaySeconds: '1',
      VisibilityTimeout: '1',
      ReceiveMessageWaitTimeSeconds: '20',
    });
  });

  it('answers only the attributes asked for', async () => {
    expect(await call('GetQueueAttributes', { QueueUrl: urlOf(orders) })).toEqual({ Attributes: {} });
    expect(
      await call('GetQueueAttributes', { QueueUrl: urlOf(orders), AttributeNames: ['MessageRetentionPeriod'] }),
    ).toEqual({ Attributes: { MessageRetentionPeriod: '120' } });
  });

  it('is given out with the public URL and taken with any host', async () => {
    expect(await call('GetQueueUrl', { QueueName: orders })).toEqual({
      QueueUrl: `http://127.0.0.1:4566/000000000000/${orders}`,
    });
    const sent = await call('SendMessage', {
      QueueUrl: `https://sqs.eu-west-1.amazonaws.com/1/${orders}`,
      MessageBody: 'x',
    });
    expect(sent.MessageId).toEqual(expect.any(String));
  });

  it('is refused when its dead-letter queue does not exist', async () => {
    const redrive_policy = JSON.stringify({ deadLetterTargetArn: queueArn('nowhere'), maxReceiveCount: 1 });

    await expect(aMessaging({ queues: [aQueue('lonely', { redrive_policy })] })).rejects.toThrow(
      /aws_sqs_queue.lonely: .* Dead letter target does not exist: arn:aws:sqs:us-east-1:000000000000:nowhere/,
    );
  });

  it.each([
    ['byQueue', [queueArn('another')], 'source: .* does not admit this queue'],
    ['denyAll', undefined, 'source: .* does not admit this queue'],
    ['never', undefined, 'letters: .*redrivePermission is allowAll, byQueue or denyAll, not never'],
    ['byQueue', undefined, 'letters: .*sourceQueueArns names 1 to 10 queues'],
  ])('is refused when its dead-letter queue says %s of %j', async (redrivePermission, sourceQueueArns, message) => {
    const redrive_policy = JSON.stringify({ deadLetterTargetArn: queueArn('letters'), maxReceiveCount: 1 });
    const queues = [aQueue('source', { redrive_policy }), aQueue('letters')];
    const allow = anAllowPolicy('letters', { redrivePermission, sourceQueueArns });

    await expect(aMessaging({ queues, redriveAllowPolicies: [allow] })).rejects.toThrow(
      new RegExp(`aws_sqs_queue.${message}`),
    );
  });

  it('is taken when its dead-letter queue admits it, and tells so', async () => {
    const [source, letters] = [unique('source'), unique('letters')];
    const redrive_policy = JSON.stringify({ deadLetterTargetArn: queueArn(letters), maxReceiveCount: 1 });
    const policy = { redrivePermission: 'byQueue', sourceQueueArns: [queueArn(source)] };
    const own = await aMessaging({
      queues: [aQueue(source, { redrive_policy }), aQueue(letters)],
      redriveAllowPolicies: [anAllowPolicy(letters, policy)],
    });
    const { Attributes } = await own.sqs.call(
      'GetQueueAttributes',
      { QueueUrl: letters, AttributeNames: ['RedriveAllowPolicy'] },
      OUTSIDE,
    );
    await own.close();

    expect(JSON.parse((Attributes as Record<string, string>).RedriveAllowPolicy ?? '')).toEqual(policy);
  });
});

describe('a dead-letter queue', () => {
  it('gets a message after too many receives, and a move task sends it back as new', async () => {
    await send(messaging, orders, 'poison');
    await receive(messaging, orders);
    expect(await receive(messaging, orders)).toEqual([]);
    const [dead] = await receive(messaging, deadLetters, { VisibilityTimeout: 0 });
    expect(dead).toMatchObject({ Body: 'poison', Attributes: { DeadLetterQueueSourceArn: queueArn(orders) } });

    await call('StartMessageMoveTask', { SourceArn: queueArn(deadLetters) });

    expect(await call('ListMessageMoveTasks', { SourceArn: queueArn(deadLetters) })).toMatchObject({
      Results: [{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }],
    });
    const [back] = await receive(messaging, orders);
    expect(back).toMatchObject({ Body: 'poison', Attributes: { ApproximateReceiveCount: '1' } });
    expect(back?.MessageId).not.toBe(dead?.MessageId);
  });

  it('keeps what was sent to it directly, since no source is known, unless a destination is given', async () => {
    await send(messaging, deadLetters, 'straight');
    await call('StartMessageMoveTask', { SourceArn: queueArn(deadLetters) });
    expect(await call('ListMessageMoveTasks', { SourceArn: queueArn(deadLetters) })).toMatchObject({
      Results: [{ Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource' }],
    });

    await call('StartMessageMoveTask', { SourceArn: queueArn(deadLetters), DestinationArn: queueArn(orders) });
    expect(await receive(messaging, orders)).toMatchObject([{ Body: 'straight' }]);
  });

  it('is the only kind of queue that can be redriven', async () => {
    await expect(call('StartMessageMoveTask', { SourceArn: queueArn(orders) })).rejects.toMatchObject({
      code: 'InvalidParameterValue',
    });
  });
});

describe('queues made while running', () => {
  it('can be listed, used, purged and deleted', async () => {
    const name = unique('mine');
    expect(await call('CreateQueue', { QueueName: name })).toEqual({
      QueueUrl: `http://127.0.0.1:4566/000000000000/${name}`,
    });
    expect(await call('ListQueues', { QueueNamePrefix: 'mine' })).toEqual({
      QueueUrls: [`http://127.0.0.1:4566/000000000000/${name}`],
    });
    await send(messaging, name, 'x');
    await call('PurgeQueue', { QueueUrl: urlOf(name) });
    expect(await receive(messaging, name)).toEqual([]);

    const polled = receive(messaging, name, { WaitTimeSeconds: 20 });
    await call('DeleteQueue', { QueueUrl: urlOf(name) });
    await expect(polled).rejects.toMatchObject({ code: 'QueueDoesNotExist' });
  });
});
