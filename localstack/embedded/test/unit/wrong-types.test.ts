import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDynamoDb, type DynamoDb } from '#embedded/dynamodb/index.ts';
import { createEvents, type Events } from '#embedded/events/index.ts';
import { createLogsApi } from '#embedded/logs/api.ts';
import { createLogs } from '#embedded/logs/index.ts';
import { createMetricsApi } from '#embedded/logs/metrics-api.ts';
import type { Messaging } from '#embedded/messaging/index.ts';
import { createSsm } from '#embedded/ssm/index.ts';
import { type AwsService, OUTSIDE } from '#embedded/types.ts';
import { aMessaging, aQueue, aTopic, topicArn, unique } from './messaging/fixture.ts';
import { type Input, outcomeOf, spoiltInputs } from './requests/spoilt.ts';

const environment = { region: 'us-east-1', accountId: '000000000000' };
const authorize = () => {};

let services: Record<string, AwsService>;
let [dynamodb, events, messaging]: [DynamoDb?, Events?, Messaging?] = [];

const [queue, topic, TableName] = [unique('wrong'), unique('wrong'), 'wrong-types'];

beforeEach(async () => {
  const logs = createLogs();
  logs.write('/group', 's', [{ timestamp: 1, message: 'x' }]);
  messaging = await aMessaging({ queues: [aQueue(queue)], topics: [aTopic(topic)] });
  dynamodb = createDynamoDb({ tables: [], environment, authorize });
  events = createEvents({
    rules: [],
    targets: [],
    environment,
    sendToQueue: async () => {},
    invokeFunction: async () => ({ ended: Promise.resolve() }),
  });
  services = {
    dynamodb,
    events,
    logs: createLogsApi({ logs, groups: () => [], environment, authorize, createdAt: 7 }),
    metrics: createMetricsApi({ logs, authorize }),
    sns: messaging.sns,
    sqs: messaging.sqs,
    ssm: createSsm({ parameters: [], environment, authorize }),
  };
  await services.dynamodb?.call('CreateTable', aTable(TableName), OUTSIDE);
});

afterEach(async () => {
  await Promise.all([dynamodb?.close(), events?.close(), messaging?.close()]);
});

const aTable = (name: string): Input => ({
  TableName: name,
  BillingMode: 'PROVISIONED',
  ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'ByKey',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['more'] },
    },
  ],
});

const pk = { S: 'x' };
const named = { ExpressionAttributeNames: { '#pk': 'pk' }, ExpressionAttributeValues: { ':pk': pk } };
const entry = { Id: 'a', MessageBody: 'b', ReceiptHandle: '0'.repeat(36), VisibilityTimeout: 1 };
const MessageAttributes = { kind: { DataType: 'String', StringValue: 'x' } };
const Dimensions = [{ Name: 'depot', Value: 'north' }];
const metric = { Namespace: 'Parcels', MetricName: 'Weight', Dimensions };
const [QueueUrl, TopicArn] = [`http://local/000000000000/${queue}`, topicArn(topic)];

const requests: readonly (readonly [service: string, operation: string, input: Input])[] = [
  ['events', 'PutEvents', { Entries: [{ Source: 'a', DetailType: 'b', Detail: '{}', Resources: ['c'], Time: 1 }] }],
  ['events', 'TestEventPattern', { Event: '{}', EventPattern: '{"source":["a"]}' }],
  ['events', 'ListRules', { NamePrefix: 'a', EventBusName: 'default' }],
  ['metrics', 'ListMetrics', { Namespace: 'Parcels', Dimensions, NextToken: '0' }],
  [
    'metrics',
    'GetMetricData',
    {
      StartTime: 0,
      EndTime: 100,
      MetricDataQueries: [{ Id: 'a', MetricStat: { Metric: metric, Period: 60, Stat: 'Sum' } }],
    },
  ],
  [
    'metrics',
    'GetMetricStatistics',
    { ...metric, StartTime: 0, EndTime: 100, Period: 60, Statistics: ['Sum'], Unit: 'Count' },
  ],
  [
    'metrics',
    'GetMetricStatistics',
    { ...metric, StartTime: 0, EndTime: 100, Period: 60, ExtendedStatistics: ['p99'] },
  ],
  ['logs', 'DescribeLogGroups', { logGroupNamePrefix: '/', limit: 1, nextToken: '0' }],
  ['logs', 'DescribeLogStreams', { logGroupName: '/group', logStreamNamePrefix: 's', limit: 1 }],
  [
    'logs',
    'FilterLogEvents',
    { logGroupName: '/group', logStreamNames: ['s'], filterPattern: 'x', startTime: 0, limit: 1, nextToken: '0' },
  ],
  ['logs', 'GetLogEvents', { logGroupName: '/group', logStreamName: 's', limit: 1, nextToken: 'f/' }],
  ['ssm', 'GetParameters', { Names: ['a'], WithDecryption: true }],
  ['ssm', 'GetParametersByPath', { Path: '/', MaxResults: 1, NextToken: '0' }],
  ['ssm', 'PutParameter', { Name: 'a', Value: 'b', Type: 'String', Description: 'c', Overwrite: true }],
  ['ssm', 'GetParameter', { Name: 'a' }],
  ['sns', 'CreateTopic', { Name: topic, Attributes: { DisplayName: 'a' }, Tags: [{ Key: 'a', Value: 'b' }] }],
  ['sns', 'Publish', { TopicArn, Message: 'a', Subject: 'b', MessageAttributes }],
  ['sns', 'PublishBatch', { TopicArn, PublishBatchRequestEntries: [{ Id: 'a', Message: 'b', MessageAttributes }] }],
  ['sns', 'Subscribe', { TopicArn, Protocol: 'email', Endpoint: 'a@b.c', Attributes: { FilterPolicy: '{}' } }],
  ['sns', 'SetTopicAttributes', { TopicArn, AttributeName: 'DisplayName', AttributeValue: 'a' }],
  ['sqs', 'SendMessage', { QueueUrl, MessageBody: 'a', MessageAttributes, MessageSystemAttributes: {} }],
  ['sqs', 'SendMessageBatch', { QueueUrl, Entries: [{ ...entry, MessageAttributes }] }],
  ['sqs', 'ChangeMessageVisibilityBatch', { QueueUrl, Entries: [entry] }],
  ['sqs', 'DeleteMessageBatch', { QueueUrl, Entries: [entry] }],
  [
    'sqs',
    'ReceiveMessage',
    { QueueUrl, AttributeNames: ['All'], MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] },
  ],
  ['sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }],
  ['sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { RedrivePolicy: '', Policy: '' } }],
  ['sqs', 'CreateQueue', { QueueName: queue, Attributes: {}, tags: { a: 'b' } }],
  ['sqs', 'TagQueue', { QueueUrl, Tags: { a: 'b' } }],
  ['sqs', 'UntagQueue', { QueueUrl, TagKeys: ['a'] }],
  ['sqs', 'ListQueues', { QueueNamePrefix: 'a', MaxResults: 1, NextToken: 'a' }],
  ['sqs', 'StartMessageMoveTask', { SourceArn: 'a', DestinationArn: 'b', MaxNumberOfMessagesPerSecond: 1 }],
  ['dynamodb', 'CreateTable', aTable('other')],
  ['dynamodb', 'GetItem', { TableName, Key: { pk }, ProjectionExpression: 'pk', ReturnConsumedCapacity: 'TOTAL' }],
  [
    'dynamodb',
    'PutItem',
    { TableName, Item: { pk, more: { L: [{ M: { a: { SS: ['b'] } } }] } }, ReturnValues: 'NONE' },
  ],
  [
    'dynamodb',
    'UpdateItem',
    { TableName, Key: { pk }, UpdateExpression: 'SET more = :pk', ExpressionAttributeValues: { ':pk': pk } },
  ],
  ['dynamodb', 'DeleteItem', { TableName, Key: { pk }, ConditionExpression: '#pk = :pk', ...named }],
  [
    'dynamodb',
    'Query',
    { TableName, KeyConditionExpression: '#pk = :pk', ...named, ExclusiveStartKey: { pk }, Limit: 1 },
  ],
  ['dynamodb', 'Scan', { TableName, FilterExpression: '#pk = :pk', ...named, Segment: 0, TotalSegments: 1 }],
  ['dynamodb', 'BatchGetItem', { RequestItems: { [TableName]: { Keys: [{ pk }] } } }],
  ['dynamodb', 'BatchWriteItem', { RequestItems: { [TableName]: [{ PutRequest: { Item: { pk } } }] } }],
  ['dynamodb', 'BatchWriteItem', { RequestItems: { [TableName]: [{ DeleteRequest: { Key: { pk } } }] } }],
  [
    'dynamodb',
    'TransactWriteItems',
    { TransactItems: [{ Put: { TableName, Item: { pk } } }], ClientRequestToken: 'a' },
  ],
  ['dynamodb', 'TransactGetItems', { TransactItems: [{ Get: { TableName, Key: { pk } } }] }],
];

describe('a request with a member of a wrong type', () => {
  it.each(requests)('is no fault of %s: %s', async (service, operation, input) => {
    const faults: string[] = [];
    for (const spoiled of spoiltInputs(input)) {
      await dynamodb?.call('DeleteTable', { TableName: 'other' }, OUTSIDE).catch(() => {});
      const outcome = await outcomeOf(services[service] as AwsService, operation, spoiled);
      if (outcome.startsWith('fault')) faults.push(`${JSON.stringify(spoiled)}: ${outcome}`);
    }

    expect(faults).toEqual([]);
  });
});
