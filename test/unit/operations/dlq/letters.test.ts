import { describe, expect, it } from '@jest/globals';
import { failedInvocation, toQueue, undeliveredEvent } from '#infra/operations/dlq/letters.ts';

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

describe('a letter belongs', () => {
  it.each([
    [
      'arn:aws:sqs:us-east-1:123456789012:booking-saga-dev-redrive',
      { kind: 'send', queueName: 'booking-saga-dev-redrive', body: '{"a":1}', attributes: {} },
    ],
    [
      'arn:aws:lambda:us-east-1:123456789012:function:booking-saga-dev-reconcile-bookings',
      {
        kind: 'invoke',
        functionName: 'arn:aws:lambda:us-east-1:123456789012:function:booking-saga-dev-reconcile-bookings',
        payload: '{"a":1}',
      },
    ],
  ])('to the target of its rule, %s', (target, delivery) => {
    const MessageAttributes = { RULE_ARN: text('arn:rule'), TARGET_ARN: text(target), ERROR_CODE: text('x') };

    expect(undeliveredEvent({ Body: '{"a":1}', MessageAttributes })).toEqual(delivery);
  });

  it('to the subscribed queue, with the attributes that it was published with', () => {
    const MessageAttributes = { 'Booking.Status': text('confirmed') };

    expect(toQueue({ Body: 'told', MessageAttributes }, 'loyalty')).toEqual({
      kind: 'send',
      queueName: 'loyalty',
      body: 'told',
      attributes: MessageAttributes,
    });
  });

  it.each([
    ['a letter to a queue', toQueue({}, 'loyalty')],
    [
      'an event for a queue',
      undeliveredEvent({ MessageAttributes: { TARGET_ARN: text('arn:aws:sqs:us-east-1:123456789012:loyalty') } }),
    ],
  ])('where it belongs also without a text: %s', (_, delivery) => {
    expect(delivery).toEqual({ kind: 'send', queueName: 'loyalty', body: '', attributes: {} });
  });

  it('to the function whose invocation failed, with nothing where the record has no event', () => {
    const Body = JSON.stringify({ requestContext: { functionArn: 'arn:f' } });

    expect(failedInvocation({ Body })).toEqual({ kind: 'invoke', functionName: 'arn:f', payload: '{}' });
  });

  it('to the function whose invocation failed, with the event that it was given', () => {
    const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:reconcile:$LATEST';
    const Body = JSON.stringify({ requestContext: { functionArn }, requestPayload: { id: 'x' }, responsePayload: {} });

    expect(failedInvocation({ Body })).toEqual({ kind: 'invoke', functionName: functionArn, payload: '{"id":"x"}' });
  });
});

describe('a letter without a known destination', () => {
  it.each([
    ['an event without its target', () => undeliveredEvent({ Body: '{}' }), /no attribute TARGET_ARN/],
    [
      'an event for a topic',
      () => undeliveredEvent({ Body: '{}', MessageAttributes: { TARGET_ARN: text('arn:aws:sns:x:1:t') } }),
      /neither a queue nor a function/,
    ],
    ['a record without its function', () => failedInvocation({ Body: '{"a":1}' }), /no requestContext.functionArn/],
    ['an event without attributes', () => undeliveredEvent({ MessageAttributes: {} }), /no attribute TARGET_ARN/],
    ['a record that is null', () => failedInvocation({ Body: 'null' }), /no requestContext.functionArn/],
    ['a record without a text', () => failedInvocation({}), /JSON/],
    ['a record that is none', () => failedInvocation({ Body: 'hello' }), /JSON/],
  ])('is refused: %s', (_what, belongs, message) => {
    expect(belongs).toThrow(message);
  });
});
