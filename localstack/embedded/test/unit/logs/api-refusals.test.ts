import { beforeEach, describe, expect, it } from '@jest/globals';
import { createLogsApi } from '#embedded/logs/api.ts';
import { createLogs } from '#embedded/logs/index.ts';
import { type AwsService, OUTSIDE } from '#embedded/types.ts';

type Refusal = [what: string, operation: string, input: object, code: string];

const group = '/aws/lambda/weigh';

let api: AwsService;
const call = (operation: string, input: object) => api.call(operation, { ...input }, OUTSIDE);

beforeEach(() => {
  const logs = createLogs();
  const environment = { region: 'us-east-1', accountId: '000000000000' };
  api = createLogsApi({ logs, groups: () => [], environment, authorize: () => {}, createdAt: 7 });
  for (const stream of ['a', 'b']) logs.write(group, stream, [{ timestamp: 20, message: 'x' }]);
});

describe('CloudWatch Logs', () => {
  it.each<Refusal>([
    ['an unknown group', 'FilterLogEvents', { logGroupName: 'nope' }, 'ResourceNotFoundException'],
    [
      'a pattern of JSON',
      'FilterLogEvents',
      { logGroupName: group, filterPattern: '{ $.a = 1 }' },
      'InvalidParameterException',
    ],
    ...['foo:bar', 'foo-bar', '"abc', 'a"b"', '"a"b', 'a -', '?', 'a.b', '--a'].map(
      (filterPattern): Refusal => [
        `the pattern ${filterPattern}`,
        'FilterLogEvents',
        { logGroupName: group, filterPattern },
        'InvalidParameterException',
      ],
    ),
    ...['zzz', 'f', 'f/zzz', 'x/', 'f/1'].map(
      (nextToken): Refusal => [
        `the token ${nextToken}`,
        'GetLogEvents',
        { logGroupName: group, logStreamName: 'b', nextToken },
        'InvalidParameterException',
      ],
    ),
    [
      'streams by name and by prefix',
      'FilterLogEvents',
      { logGroupName: group, logStreamNames: ['a'], logStreamNamePrefix: 'a' },
      'InvalidParameterException',
    ],
    [
      'a name that no stream has',
      'FilterLogEvents',
      { logGroupName: group, logStreamNames: ['a', 'z'] },
      'ResourceNotFoundException',
    ],
    [
      'a prefix in the order of events',
      'DescribeLogStreams',
      { logGroupName: group, orderBy: 'LastEventTime', logStreamNamePrefix: 'a' },
      'InvalidParameterException',
    ],
    [
      'groups by prefix and by pattern',
      'DescribeLogGroups',
      { logGroupNamePrefix: '/', logGroupNamePattern: 'w' },
      'InvalidParameterException',
    ],
    [
      'groups by identifier and by prefix',
      'DescribeLogGroups',
      { logGroupNamePrefix: '/', logGroupIdentifiers: [group] },
      'InvalidParameterException',
    ],
    [
      'a group by name and by identifier',
      'FilterLogEvents',
      { logGroupName: group, logGroupIdentifier: group },
      'InvalidParameterException',
    ],
    ['no group', 'FilterLogEvents', {}, 'InvalidParameterException'],
    ['an unknown stream', 'GetLogEvents', { logGroupName: group, logStreamName: 'z' }, 'ResourceNotFoundException'],
    ['no events', 'FilterLogEvents', { logGroupName: group, limit: 0 }, 'InvalidParameterException'],
    ['a limit out of bounds', 'DescribeLogGroups', { limit: 51 }, 'InvalidParameterException'],
    ['a token that is none', 'DescribeLogGroups', { nextToken: 'x' }, 'InvalidParameterException'],
    ['an unknown class of groups', 'DescribeLogGroups', { logGroupClass: 'COLD' }, 'InvalidParameterException'],
    ['an unknown order', 'DescribeLogStreams', { logGroupName: group, orderBy: 'x' }, 'InvalidParameterException'],
    ['groups of other accounts', 'DescribeLogGroups', { includeLinkedAccounts: true }, 'ValidationException'],
    ['another operation', 'StartQuery', {}, 'UnknownOperationException'],
  ])('refuses %s', async (_, operation, input, code) => {
    await expect(call(operation, input)).rejects.toMatchObject({ name: 'AwsError', code });
  });
});
