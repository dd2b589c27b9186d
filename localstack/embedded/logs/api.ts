/** CloudWatch Logs' API as far as `aws logs describe-log-groups`, `filter-log-events` and `tail` go. */
import { limitOf, page } from '../page.ts';
import { createService, guarded } from '../service.ts';
import { each, type Shape } from '../shape.ts';
import type { Authorize, AwsService, Environment, StackResource } from '../types.ts';
import { compileFilterPattern } from './filter-pattern.ts';
import type { LogLine, Logs } from './index.ts';
import { checkPairs, code, invalid, missing, wordOf } from './log-requests.ts';

type Json = Readonly<Record<string, unknown>>;
type Output = Record<string, unknown>;

interface LogsApiOptions {
  readonly logs: Logs;
  /** aws_cloudwatch_log_group */
  readonly groups: () => readonly StackResource[];
  readonly environment: Environment;
  readonly authorize: Authorize;
  /** When the groups came to be, epoch milliseconds. */
  readonly createdAt: number;
}

const listing = { limit: 'limit', token: 'nextToken', most: 50, code };
const events = { limit: 'limit', token: 'nextToken', most: 10_000, code };
const classes = ['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY'];
const orders = ['LogStreamName', 'LastEventTime'];

export function createLogsApi(options: LogsApiOptions): AwsService {
  const { logs, groups, environment, authorize, createdAt } = options;
  const arnOf = (group: string) => `arn:aws:logs:${environment.region}:${environment.accountId}:log-group:${group}`;
  const retention = () =>
    new Map(
      groups().map(({ attributes }) => [String(attributes.name), attributes.retention_in_days as number | undefined]),
    );
  const names = () => [...new Set([...retention().keys(), ...logs.groups()])].sort();
  // Most lines have no id of their own; a client that follows a log tells them apart by one.
  const ids = new WeakMap<LogLine, string>();
  let count = 0;
  const idOf = (line: LogLine): string => {
    const id = line.id ?? ids.get(line) ?? String(++count).padStart(56, '0');
    ids.set(line, id);
    return id;
  };

  function groupOf({ logGroupName, logGroupIdentifier }: Json): string {
    if (logGroupName === undefined && logGroupIdentifier === undefined) {
      throw invalid('One of logGroupName and logGroupIdentifier must be specified.');
    }
    const name = String(logGroupName ?? nameOf(logGroupIdentifier));
    if (names().includes(name)) return name;
    throw missing('group');
  }

  function describeGroups(input: Json): Output {
    const { logGroupNamePrefix = '', logGroupNamePattern = '', logGroupIdentifiers } = input;
    const identified = (logGroupIdentifiers as readonly string[] | undefined)?.map(nameOf);
    const isStandard = wordOf(input, 'logGroupClass', classes) === 'STANDARD';
    const fits = (name: string) =>
      isStandard &&
      (identified?.includes(name) ?? true) &&
      name.startsWith(String(logGroupNamePrefix)) &&
      name.includes(String(logGroupNamePattern));
    const { items, next: nextToken } = page(names().filter(fits), input, listing);
    const days = retention();
    const logGroups = items.map((logGroupName) => ({
      ...{ logGroupName, creationTime: createdAt, arn: `${arnOf(logGroupName)}:*` },
      // AWS tells no more of those that it finds by a pattern.
      ...(input.logGroupNamePattern === undefined && {
        ...(days.get(logGroupName) && { retentionInDays: days.get(logGroupName) }),
        metricFilterCount: 0,
        logGroupArn: arnOf(logGroupName),
        storedBytes: 0,
        logGroupClass: 'STANDARD',
      }),
    }));
    return { logGroups, ...(nextToken && { nextToken }) };
  }

  function describeStreams(input: Json): Output {
    const group = groupOf(input);
    const times = new Map<string, number[]>();
    for (const { stream, timestamp } of logs.lines({ group }))
      times.set(stream, [...(times.get(stream) ?? []), timestamp]);
    const streams = [...times].filter(([name]) => name.startsWith(String(input.logStreamNamePrefix ?? ''))).sort();
    const order = wordOf(input, 'orderBy', orders);
    const latest = ([, stamps]: (typeof streams)[number]) => Math.max(...stamps);
    if (order === 'LastEventTime' && input.logStreamNamePrefix !== undefined) {
      throw invalid('Cannot order by LastEventTime with a logStreamNamePrefix.');
    }
    if (order === 'LastEventTime') streams.sort((one, other) => latest(one) - latest(other));
    if (input.descending === true) streams.reverse();
    const { items, next: nextToken } = page(streams, input, listing);
    const logStreams = items.map(([logStreamName, stamps]) => ({
      logStreamName,
      arn: `${arnOf(group)}:log-stream:${logStreamName}`,
      creationTime: stamps[0],
      firstEventTimestamp: Math.min(...stamps),
      lastEventTimestamp: Math.max(...stamps),
      storedBytes: 0,
    }));
    return { logStreams, ...(nextToken && { nextToken }) };
  }

  function since(lines: readonly LogLine[], { startTime = 0 }: Json): LogLine[] {
    return lines
      .filter(({ timestamp }) => timestamp >= Number(startTime))
      .sort((one, other) => one.timestamp - other.timestamp);
  }

  function filterEvents(input: Json): Output {
    const group = groupOf(input);
    const matches = compileFilterPattern(String(input.filterPattern ?? ''));
    const streams = input.logStreamNames as readonly string[] | undefined;
    const prefix = String(input.logStreamNamePrefix ?? '');
    const last = Number(input.endTime ?? Number.POSITIVE_INFINITY);
    const fits = ({ stream, message, timestamp }: LogLine) =>
      timestamp <= last && (streams?.includes(stream) ?? true) && stream.startsWith(prefix) && matches(message);
    const lines = logs.lines({ group });
    if (streams?.some((name) => lines.every(({ stream }) => stream !== name))) throw missing('stream');
    const found = since(lines, input).filter(fits);
    const { items, next: nextToken } = page(found, input, events);
    const shown = items.map((line) => ({ ...eventOf(line), logStreamName: line.stream, eventId: idOf(line) }));
    return { events: shown, searchedLogStreams: [], ...(nextToken && { nextToken }) };
  }

  function getEvents(input: Json): Output {
    const group = groupOf(input);
    const kept = logs.lines({ group, stream: String(input.logStreamName) });
    if (kept.length === 0) throw missing('stream');
    // Unlike FilterLogEvents' the end is not in the range.
    const before = Number(input.endTime ?? Number.POSITIVE_INFINITY);
    const found = since(kept, input).filter(({ timestamp }) => timestamp < before);
    const limit = limitOf(input, 'limit', events);
    const token = input.nextToken?.toString() ?? '';
    if (!/^([fb]\/(\d{56})?)?$/.test(token)) throw invalid('The specified nextToken is invalid.');
    const [way = input.startFromHead === true ? 'f' : 'b', id] = token === '' ? [] : token.split('/');
    // A line that is kept no more was before all of these.
    const at = found.findIndex((line) => idOf(line) === id);
    const isForward = way === 'f';
    const end = id === undefined || at < 0 ? found.length : at;
    const lines = isForward ? found.slice(at + 1, at + 1 + limit) : found.slice(Math.max(0, end - limit), end);
    // Where there is none, AWS answers with the token that it was given.
    const edge = (line: LogLine | undefined) => (line === undefined ? (id ?? '') : idOf(line));
    return {
      events: lines.map(eventOf),
      nextForwardToken: `f/${edge(lines.at(-1))}`,
      nextBackwardToken: `b/${edge(lines[0])}`,
    };
  }

  const allowed = guarded('logs', authorize);
  const asked: typeof allowed = (action, resource, run) =>
    allowed(action, resource, (input, caller) => {
      checkPairs(input);
      return run(input, caller);
    });
  /** The group that the input names, or all. */
  const named = ({ logGroupName = '*' }: Json) => arnOf(String(logGroupName));

  const operations = {
    DescribeLogGroups: asked('DescribeLogGroups', named, describeGroups),
    DescribeLogStreams: asked('DescribeLogStreams', named, describeStreams),
    FilterLogEvents: asked('FilterLogEvents', named, filterEvents),
    GetLogEvents: asked('GetLogEvents', named, getEvents),
  };
  return createService('CloudWatch Logs', operations, unserved, members);
}

const members: Shape = {
  logGroupIdentifiers: ['text'],
  logStreamNames: ['text'],
  ...each('text', 'filterPattern', 'logGroupClass', 'logGroupIdentifier', 'logGroupName', 'logGroupNamePattern'),
  ...each('text', 'logGroupNamePrefix', 'logStreamName', 'logStreamNamePrefix', 'nextToken', 'orderBy'),
  ...each('number', 'endTime', 'limit', 'startTime'),
  ...each('boolean', 'descending', 'startFromHead'),
};

const unserved = { DescribeLogGroups: ['accountIdentifiers', 'includeLinkedAccounts'] };

const nameOf = (nameOrArn: unknown): string => String(nameOrArn).replace(/^arn:[^/]*:log-group:/, '');

const eventOf = ({ timestamp, message }: LogLine) => ({ timestamp, message, ingestionTime: timestamp });
