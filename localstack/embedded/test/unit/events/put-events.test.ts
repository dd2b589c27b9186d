import { describe, expect, it } from '@jest/globals';
import { AwsError, OUTSIDE } from '#embedded/types.ts';
import { aRule, aTarget, ended, events, functionArn, hourly, ruleArn, start } from './events-setup.ts';

describe('the API', () => {
  const entry = { Source: 'shop', DetailType: 'Sold', Detail: '{"n":1}', Resources: ['r'], Time: 1_700_000_000 };

  it('puts events in an envelope', async () => {
    const rule = aRule('sold', { event_pattern: '{"source":["shop"]}' });
    const arrived = new Promise((resolve) => {
      start([rule], [aTarget('sold', functionArn)], {
        invokeFunction: async (_arn, payload) => ({ ended: Promise.resolve(resolve(payload)) }),
      });
    });
    const answer = await events?.call('PutEvents', { Entries: [entry] }, OUTSIDE);

    expect(answer).toEqual({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }] });
    expect(await arrived).toEqual({
      version: '0',
      id: (answer?.Entries as { EventId: string }[] | undefined)?.[0]?.EventId,
      'detail-type': 'Sold',
      source: 'shop',
      account: '000000000000',
      time: '2023-11-14T22:13:20Z',
      region: 'us-east-1',
      resources: ['r'],
      detail: { n: 1 },
    });
  });

  it.each([
    ['MalformedDetail', { ...entry, Detail: 'x' }],
    ['NotAuthorizedForSource', { ...entry, Source: 'aws.states' }],
    ['InvalidArgument', { ...entry, DetailType: undefined }],
    ['InvalidArgument', { ...entry, Detail: undefined }],
    ['InvalidArgument', { ...entry, DetailType: 'x'.repeat(129) }],
  ])('answers %s for an entry', async (ErrorCode, bad) => {
    expect(await start([], []).call('PutEvents', { Entries: [bad, entry] }, OUTSIDE)).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode }, { EventId: expect.any(String) }],
    });
  });

  it('takes one megabyte at a time', async () => {
    const large = { ...entry, Detail: JSON.stringify({ text: 'x'.repeat(600_000) }) };
    const put = (Entries: object[]) => start([], []).call('PutEvents', { Entries }, OUTSIDE);

    expect(await put([large])).toMatchObject({ FailedEntryCount: 0 });
    await expect(put([large, large])).rejects.toMatchObject({
      code: 'ValidationException',
      message: 'Total size of the entries in the request is over the limit.',
    });
  });

  it('needs events:PutEvents on the bus', async () => {
    const authorize = (_caller: unknown, action: string, resource: string) => {
      throw new AwsError('AccessDeniedException', `${action} on ${resource}`);
    };
    await expect(start([], [], { authorize }).call('PutEvents', { Entries: [entry] }, OUTSIDE)).rejects.toThrow(
      'events:PutEvents on arn:aws:events:us-east-1:000000000000:event-bus/default',
    );
  });

  it('describes and lists the default bus, and knows no other', async () => {
    const bus = { Name: 'default', Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/default' };

    expect(await start([], []).call('DescribeEventBus', {}, OUTSIDE)).toEqual(bus);
    expect(await start([], []).call('ListEventBuses', {}, OUTSIDE)).toEqual({ EventBuses: [bus] });
    for (const [operation, input] of [
      ['DescribeEventBus', { Name: 'own' }],
      ['ListRules', { EventBusName: 'own' }],
      ['DescribeRule', { Name: 'hourly', EventBusName: 'own' }],
      ['ListTargetsByRule', { Rule: 'hourly', EventBusName: 'own' }],
    ] as const) {
      await expect(start([hourly], []).call(operation, input, OUTSIDE)).rejects.toMatchObject({
        code: 'ResourceNotFoundException',
        message: 'Event bus own does not exist.',
      });
    }
  });

  it('tests a pattern on an event', async () => {
    const test = (EventPattern: string) =>
      start([], []).call('TestEventPattern', { EventPattern, Event: '{"source":"shop","detail":{"n":1}}' }, OUTSIDE);

    expect(await test('{"source":["shop"],"detail.n":[1]}')).toEqual({ Result: true });
    expect(await test('{"source":["other"]}')).toEqual({ Result: false });
    await expect(test('{"source":"shop"}')).rejects.toMatchObject({ code: 'InvalidEventPatternException' });
  });

  it('lists rules', async () => {
    expect(await start([ended, hourly], []).call('ListRules', { NamePrefix: 'h' }, OUTSIDE)).toEqual({
      Rules: [
        {
          Name: 'hourly',
          Arn: ruleArn('hourly'),
          State: 'ENABLED',
          EventBusName: 'default',
          ScheduleExpression: 'rate(1 hour)',
        },
      ],
    });
  });
});
