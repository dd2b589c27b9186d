import { beforeEach, describe, expect, it } from '@jest/globals';
import { createLogsApi } from '#embedded/logs/api.ts';
import { createLogs, type Logs } from '#embedded/logs/index.ts';
import { AwsError, type AwsService, OUTSIDE } from '#embedded/types.ts';

const environment = { region: 'us-east-1', accountId: '000000000000' };
const group = '/aws/lambda/weigh';
const groups = [
  { type: 'aws_cloudwatch_log_group', name: 'Weigh', attributes: { name: group, retention_in_days: 14 } },
];

let logs: Logs;
let api: AwsService;
const call = (operation: string, input: object = {}) => api.call(operation, { ...input }, OUTSIDE);
const messagesOf = async (input: object) =>
  ((await call('FilterLogEvents', { logGroupName: group, ...input })).events as { message: string }[]).map(
    ({ message }) => message,
  );

beforeEach(() => {
  logs = createLogs();
  api = createLogsApi({ logs, groups: () => groups, environment, authorize: () => {}, createdAt: 7 });
  logs.write(group, 'b', [
    { timestamp: 30, message: 'ERROR parcel two' },
    { timestamp: 10, message: 'INFO parcel one' },
  ]);
  logs.write(group, 'a', [{ timestamp: 20, message: 'INFO "quoted words" here' }]);
  logs.write('/other', 's', [{ timestamp: 1, message: 'x' }]);
});

describe('CloudWatch Logs', () => {
  it('describes the groups of the stack and those that were written to', async () => {
    expect(await call('DescribeLogGroups')).toMatchObject({
      logGroups: [
        { logGroupName: group, retentionInDays: 14, creationTime: 7, arn: expect.stringMatching(/weigh:\*$/) },
        { logGroupName: '/other' },
      ],
    });
    const first = await call('DescribeLogGroups', { limit: 1 });
    const second = await call('DescribeLogGroups', { limit: 1, nextToken: first.nextToken });
    expect([first, second].map(({ logGroups }) => (logGroups as { logGroupName: string }[])[0]?.logGroupName)).toEqual([
      group,
      '/other',
    ]);
    expect(second).not.toHaveProperty('nextToken');
    expect(await call('DescribeLogGroups', { logGroupNamePrefix: '/o' })).toMatchObject({
      logGroups: [{ logGroupName: '/other' }],
    });
  });

  it.each<[object, string[]]>([
    [{ logGroupIdentifiers: ['/other', 'nope'] }, ['/other']],
    [{ logGroupIdentifiers: [`arn:aws:logs:us-east-1:000000000000:log-group:${group}`] }, [group]],
    [{ logGroupClass: 'STANDARD' }, [group, '/other']],
    [{ logGroupClass: 'DELIVERY' }, []],
    [{ logGroupNamePattern: 'lambda' }, [group]],
    [{ logGroupNamePattern: 'Lambda' }, []],
  ])('describes the groups of %j', async (input, expected) => {
    const { logGroups } = await call('DescribeLogGroups', input);

    expect((logGroups as { logGroupName: string }[]).map(({ logGroupName }) => logGroupName)).toEqual(expected);
  });

  it('tells little of the groups that are found by a pattern', async () => {
    const arn = `arn:aws:logs:us-east-1:000000000000:log-group:${group}:*`;

    expect(await call('DescribeLogGroups', { logGroupNamePattern: 'weigh' })).toEqual({
      logGroups: [{ logGroupName: group, creationTime: 7, arn }],
    });
  });

  it('takes the name of a group or its identifier', async () => {
    const logGroupIdentifier = `arn:aws:logs:us-east-1:000000000000:log-group:${group}`;

    expect((await call('FilterLogEvents', { logGroupIdentifier })).events).toHaveLength(3);
  });

  it('reads a stream up to an end that is not in the range, and filters up to one that is', async () => {
    const input = { logGroupName: group, endTime: 30 };

    const read = await call('GetLogEvents', { ...input, logStreamName: 'b' });
    const filtered = await call('FilterLogEvents', { ...input, logStreamNames: ['b'] });

    expect(read.events).toMatchObject([{ timestamp: 10 }]);
    expect(filtered.events).toMatchObject([{ timestamp: 10 }, { timestamp: 30 }]);
  });

  it.each([
    [{}, ['INFO parcel one', 'INFO "quoted words" here', 'ERROR parcel two']],
    [{ startTime: 15, endTime: 25 }, ['INFO "quoted words" here']],
    [{ filterPattern: 'parcel INFO' }, ['INFO parcel one']],
    [{ filterPattern: 'parcel -ERROR' }, ['INFO parcel one']],
    [{ filterPattern: '"quoted words"' }, ['INFO "quoted words" here']],
    [{ filterPattern: 'parcel -"ERROR"' }, ['INFO parcel one']],
    [{ filterPattern: '?"el one" ?two' }, ['INFO parcel one', 'ERROR parcel two']],
    [{ filterPattern: '"\\"quoted"' }, ['INFO "quoted words" here']],
    [{ filterPattern: '?one ?two' }, ['INFO parcel one', 'ERROR parcel two']],
    [{ logStreamNames: ['a'] }, ['INFO "quoted words" here']],
    [{ logStreamNamePrefix: 'b', limit: 1 }, ['INFO parcel one']],
  ])('filters by %j, in the order of time', async (input, expected) => {
    expect(await messagesOf(input)).toEqual(expected);
  });

  it('gives an event the same id each time, and no two the same', async () => {
    const idsOf = async () =>
      ((await call('FilterLogEvents', { logGroupName: group })).events as { eventId: string }[]).map(
        ({ eventId }) => eventId,
      );
    const ids = await idsOf();

    expect(new Set(ids).size).toBe(3);
    expect(await idsOf()).toEqual(ids);
  });

  it('orders streams by their latest line, and the other way round', async () => {
    const namesOf = async (input: object) =>
      (
        (await call('DescribeLogStreams', { logGroupName: group, ...input })).logStreams as { logStreamName: string }[]
      ).map(({ logStreamName }) => logStreamName);
    logs.write(group, 'c', [{ timestamp: 5, message: 'x' }]);

    expect(await namesOf({ orderBy: 'LastEventTime' })).toEqual(['c', 'a', 'b']);
    expect(await namesOf({ orderBy: 'LastEventTime', descending: true })).toEqual(['b', 'a', 'c']);
    expect(await namesOf({ descending: true })).toEqual(['c', 'b', 'a']);
  });

  it('goes on behind a token, forwards with what came since and backwards to the first line', async () => {
    const read = (input: object = {}) => call('GetLogEvents', { logGroupName: group, logStreamName: 'b', ...input });
    const first = await read({ limit: 1 });
    logs.write(group, 'b', [{ timestamp: 40, message: 'later' }]);

    const older = await read({ nextToken: first.nextBackwardToken });
    expect(older.events).toMatchObject([{ timestamp: 10 }]);
    const newer = await read({ nextToken: first.nextForwardToken });
    expect(newer.events).toMatchObject([{ timestamp: 40 }]);
    const none = await read({ nextToken: newer.nextForwardToken });
    expect(none).toMatchObject({ events: [], nextForwardToken: newer.nextForwardToken });
  });

  it('describes streams and reads one', async () => {
    expect(await call('DescribeLogStreams', { logGroupName: group })).toMatchObject({
      logStreams: [
        { logStreamName: 'a', firstEventTimestamp: 20, lastEventTimestamp: 20 },
        { logStreamName: 'b', firstEventTimestamp: 10, lastEventTimestamp: 30 },
      ],
    });
    expect(await call('GetLogEvents', { logGroupName: group, logStreamName: 'b', limit: 1 })).toMatchObject({
      events: [{ message: 'ERROR parcel two' }],
    });
  });

  it('asks for permission', async () => {
    const authorize = () => {
      throw new AwsError('AccessDeniedException', 'no');
    };
    const closed = createLogsApi({ logs, groups: () => groups, environment, authorize, createdAt: 7 });

    await expect(closed.call('DescribeLogGroups', {}, OUTSIDE)).rejects.toMatchObject({
      code: 'AccessDeniedException',
    });
  });
});
