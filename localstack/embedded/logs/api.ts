/** CloudWatch Logs' API as far as `aws logs describe-log-groups`, `filter-log-events` and `tail` go. */
import { page } from '../page.ts';
import { createService, guarded } from '../service.ts';
import { type Authorize, AwsError, type AwsService, type Environment, type StackResource } from '../types.ts';
import { compileFilterPattern } from './filter-pattern.ts';
import type { LogLine, Logs } from './index.ts';

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

const mostEvents = 10_000;
const mostGroups = 50;

export function createLogsApi(options: LogsApiOptions): AwsService {
  const { logs, groups, environment, authorize, createdAt } = options;
  const arnOf = (group: string) => `arn:aws:logs:${environment.region}:${environment.accountId}:log-group:${group}`;
  const retention = () =>
    new Map(
      groups().map(({ attributes }) => [String(attributes.name), attributes.retention_in_days as number | undefined]),
    );
  const names = () => [...new Set([...retention().keys(), ...logs.groups()])].sort();
  // Lines have no id of their own; a client that follows a log tells them apart by one.
  const ids = new WeakMap<LogLine, string>();
  let count = 0;
  const idOf = (line: LogLine): string => {
    const id = ids.get(line) ?? String(++count).padStart(56, '0');
    ids.set(line, id);
    return id;
  };

  function groupOf({ logGroupName, logGroupIdentifier }: Json): string {
    const name = String(logGroupName ?? String(logGroupIdentifier ?? '').replace(/^arn:[^/]*:log-group:/, ''));
    if (names().includes(name)) return name;
    throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  }

  function describeGroups({
    logGroupNamePrefix = '',
    logGroupNamePattern = '',
    limit,
    nextToken: token,
  }: Json): Output {
    const fits = (name: string) =>
      name.startsWith(String(logGroupNamePrefix)) &&
      name.toLowerCase().includes(String(logGroupNamePattern).toLowerCase());
    const { items, next: nextToken } = page(names().filter(fits), Number(limit ?? mostGroups), token);
    const days = retention();
    const logGroups = items.map((logGroupName) => ({
      logGroupName,
      creationTime: createdAt,
      ...(days.get(logGroupName) && { retentionInDays: days.get(logGroupName) }),
      metricFilterCount: 0,
      arn: `${arnOf(logGroupName)}:*`,
      logGroupArn: arnOf(logGroupName),
      storedBytes: 0,
      logGroupClass: 'STANDARD',
    }));
    return { logGroups, ...(nextToken && { nextToken }) };
  }

  function describeStreams(input: Json): Output {
    const group = groupOf(input);
    const times = new Map<string, number[]>();
    for (const { stream, timestamp } of logs.lines({ group }))
      times.set(stream, [...(times.get(stream) ?? []), timestamp]);
    const streams = [...times].filter(([name]) => name.startsWith(String(input.logStreamNamePrefix ?? ''))).sort();
    const latest = ([, stamps]: (typeof streams)[number]) => Math.max(...stamps);
    if (input.orderBy === 'LastEventTime') streams.sort((one, other) => latest(one) - latest(other));
    if (input.descending === true) streams.reverse();
    const { items, next: nextToken } = page(streams, Number(input.limit ?? mostGroups), input.nextToken);
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

  function linesOf(group: string, { startTime = 0, endTime = Number.POSITIVE_INFINITY }: Json): LogLine[] {
    const within = ({ timestamp }: LogLine) => timestamp >= Number(startTime) && timestamp <= Number(endTime);
    return logs
      .lines({ group })
      .filter(within)
      .sort((one, other) => one.timestamp - other.timestamp);
  }

  function filterEvents(input: Json): Output {
    const group = groupOf(input);
    const matches = compileFilterPattern(String(input.filterPattern ?? ''));
    const streams = input.logStreamNames as readonly string[] | undefined;
    const prefix = String(input.logStreamNamePrefix ?? '');
    const fits = ({ stream, message }: LogLine) =>
      (streams?.includes(stream) ?? true) && stream.startsWith(prefix) && matches(message);
    const found = linesOf(group, input).filter(fits);
    const { items, next: nextToken } = page(found, Number(input.limit ?? mostEvents), input.nextToken);
    const events = items.map((line) => ({ ...eventOf(line), logStreamName: line.stream, eventId: idOf(line) }));
    return { events, searchedLogStreams: [], ...(nextToken && { nextToken }) };
  }

  function getEvents(input: Json): Output {
    const found = linesOf(groupOf(input), input).filter(({ stream }) => stream === input.logStreamName);
    const limit = Number(input.limit ?? mostEvents);
    const [way = input.startFromHead === true ? 'f' : 'b', id] = input.nextToken?.toString().split('/') ?? [];
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

  const asked = guarded('logs', authorize);
  /** The group that the input names, or all. */
  const named = ({ logGroupName = '*' }: Json) => arnOf(String(logGroupName));

  const operations = {
    DescribeLogGroups: asked('DescribeLogGroups', named, describeGroups),
    DescribeLogStreams: asked('DescribeLogStreams', named, describeStreams),
    FilterLogEvents: asked('FilterLogEvents', named, filterEvents),
    GetLogEvents: asked('GetLogEvents', named, getEvents),
  };
  return createService('CloudWatch Logs', operations, {}, { logStreamNames: ['text'] });
}

const eventOf = ({ timestamp, message }: LogLine) => ({ timestamp, message, ingestionTime: timestamp });
