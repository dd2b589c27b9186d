import { type Json, jsonObject } from '../json.ts';
import { paged } from '../page.ts';
import type { Ports } from '../ports.ts';
import { createService, guarded } from '../service.ts';
import { each, type Shape } from '../shape.ts';
import { type Authorize, AwsError, type AwsService, type Environment } from '../types.ts';
import { type EventBridgeEvent, eventTime } from './event.ts';
import { compilePattern } from './pattern.ts';
import type { Rule } from './rules.ts';
import { writtenDetail } from './written-numbers.ts';

interface ApiOptions {
  readonly rules: readonly Rule[];
  readonly environment: Environment;
  readonly authorize: Authorize;
  readonly put: (event: EventBridgeEvent) => Promise<void>;
  readonly ports: Pick<Ports, 'clock' | 'randomness'>;
}

/** The calls of the EventBridge API that make sense where the stack file is the only description of rules. */
export function createEventsApi({ rules, environment, authorize, put, ports }: ApiOptions): AwsService {
  const prefix = `arn:aws:events:${environment.region}:${environment.accountId}`;

  const bus = { Name: 'default', Arn: `${prefix}:event-bus/default` };

  function putEvents(input: Json): Json {
    const entries = (input.Entries ?? []) as Json[];
    if (entries.length === 0 || entries.length > 10) {
      throw new AwsError('ValidationException', `Entries has ${entries.length} members; 1 to 10 are allowed.`);
    }
    if (entries.reduce((sum, entry) => sum + bytesOf(entry), 0) > maximumBytes) {
      throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
    }
    const results = entries.map((entry) => {
      const problem = problemOf(entry);
      if (problem) return problem;
      const event = eventOf(entry, environment, ports);
      // The caller's part ends with acceptance, as on AWS; delivery has its own retries.
      void put(event);
      return { EventId: event.id };
    });
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  }

  function find(name: unknown, busName: unknown): Rule {
    assertBus(busName);
    const rule = rules.find((one) => one.name === name);
    if (!rule) {
      throw new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`);
    }
    return rule;
  }

  const asked = guarded('events', authorize);

  const operations = {
    PutEvents: asked('PutEvents', bus.Arn, putEvents),
    ListRules: asked('ListRules', `${prefix}:rule/*`, (input) => {
      assertBus(input.EventBusName);
      const named = rules.filter(({ name }) => name.startsWith(String(input.NamePrefix ?? '')));
      return paged('Rules', named.map(described), input, listing);
    }),
    DescribeRule: asked(
      'DescribeRule',
      ({ Name }) => `${prefix}:rule/${Name}`,
      (input) => described(find(input.Name, input.EventBusName)),
    ),
    ListTargetsByRule: asked(
      'ListTargetsByRule',
      ({ Rule }) => `${prefix}:rule/${Rule}`,
      (input) => {
        const { targets } = find(input.Rule, input.EventBusName);
        return paged(
          'Targets',
          targets.map(({ description }) => description),
          input,
          listing,
        );
      },
    ),
    DescribeEventBus: asked('DescribeEventBus', bus.Arn, (input) => {
      assertBus(input.Name);
      return bus;
    }),
    ListEventBuses: asked('ListEventBuses', '*', (input) => {
      const named = [bus].filter(({ Name }) => Name.startsWith(String(input.NamePrefix ?? '')));
      return paged('EventBuses', named, input, listing);
    }),
    TestEventPattern: asked('TestEventPattern', '*', (input) => {
      const event = jsonObject(String(input.Event));
      if (!event)
        throw new AwsError('ValidationException', 'Parameter Event is not valid. Reason: it is no JSON object.');
      return { Result: patternOf(input.EventPattern)(event) };
    }),
  };
  return createService('EventBridge', operations, {}, members);
}

const members: Shape = {
  Entries: [
    { Source: 'text', DetailType: 'text', Detail: 'text', EventBusName: 'text', Resources: ['text'], Time: 'time' },
  ],
  ...each('text', 'Event', 'EventBusName', 'EventPattern', 'Name', 'NamePrefix', 'NextToken', 'Rule'),
  Limit: 'number',
};

const listing = { limit: 'Limit', token: 'NextToken', most: 100, code: 'ValidationException' };

/** By name or ARN. */
function assertBus(name: unknown = 'default'): void {
  if (/(^|\/)default$/.test(String(name))) return;
  throw new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
}

function patternOf(pattern: unknown) {
  try {
    return compilePattern(String(pattern));
  } catch (error) {
    throw new AwsError(
      'InvalidEventPatternException',
      `Event pattern is not valid. Reason: ${(error as Error).message}`,
    );
  }
}

function described({ name, arn, enabled, description, eventPattern, scheduleExpression }: Rule): Json {
  return {
    Name: name,
    Arn: arn,
    State: enabled ? 'ENABLED' : 'DISABLED',
    EventBusName: 'default',
    ...(description && { Description: description }),
    ...(eventPattern && { EventPattern: eventPattern }),
    ...(scheduleExpression && { ScheduleExpression: scheduleExpression }),
  };
}

/** Of all entries of a request; https://aws.amazon.com/blogs/compute/more-room-to-build-serverless-services-now-support-payloads-up-to-1-mb */
const maximumBytes = 1_048_576;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html */
function bytesOf({ Time, Source = '', DetailType = '', Detail = '', Resources }: Json): number {
  const texts = [Source, DetailType, Detail, Resources ?? []].flat();
  return texts.reduce<number>((sum, text) => sum + Buffer.byteLength(String(text)), Time === undefined ? 0 : 14);
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html */
function problemOf(entry: Json): { ErrorCode: string; ErrorMessage: string } | undefined {
  const { Source, DetailType, Detail, EventBusName = 'default' } = entry;
  const failed = (ErrorCode: string, ErrorMessage: string) => ({ ErrorCode, ErrorMessage });
  const missing = ['Source', 'DetailType', 'Detail'].find((name) => !entry[name]);
  if (missing !== undefined) {
    return failed('InvalidArgument', `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`);
  }
  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
  if (String(DetailType).length > 128) {
    const reason = 'DetailType is longer than 128 characters.';
    return failed('InvalidArgument', `Parameter DetailType is not valid. Reason: ${reason}`);
  }
  if (String(Source).startsWith('aws.')) {
    return failed('NotAuthorizedForSource', 'Not authorized for the source.');
  }
  if (!/(^|\/)default$/.test(String(EventBusName))) {
    return failed('InvalidArgument', `Event bus ${EventBusName} does not exist.`);
  }
  if (!jsonObject(String(Detail))) return failed('MalformedDetail', 'Detail is malformed.');
  return undefined;
}

function eventOf(
  entry: Json,
  { region, accountId }: Environment,
  { clock, randomness }: ApiOptions['ports'],
): EventBridgeEvent {
  const { Time } = entry;
  // The JSON protocol gives times in seconds.
  const epochMs = typeof Time === 'number' ? Time * 1000 : Time ? new Date(String(Time)).getTime() : clock.now();
  return {
    version: '0',
    id: randomness.uuid(),
    'detail-type': String(entry.DetailType),
    source: String(entry.Source),
    account: accountId,
    time: eventTime(epochMs),
    region,
    resources: (entry.Resources ?? []) as string[],
    detail: JSON.parse(String(entry.Detail)),
    ...writtenDetail(String(entry.Detail)),
  };
}
