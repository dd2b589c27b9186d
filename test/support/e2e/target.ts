import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DocumentClient } from '#functions/shared/aws/document-client.ts';
import type { Table } from '#functions/shared/aws/table.ts';
import { startEmbeddedProcess } from './embedded-process.ts';
import { sharedCloud } from './shared-cloud.ts';

/** A deployed service as its users see it: an API URL, an AWS endpoint, and what can be asked there. */
export interface Target {
  readonly apiUrl: string;
  readonly awsUrl: string;
  readonly tableName: string;
  readonly stateMachineArn: string;
  readonly bookingTopicArn: string;
  readonly deadLetterQueueUrl: string;
  readonly redriveQueueUrl: string;
  readonly loyaltyQueueUrl: string;
  readonly loyaltyDeadLetterQueueUrl: string;
  readonly dynamodb: DynamoDBDocumentClient;
  /** As the functions have it. */
  readonly table: Table;
  readonly stepFunctions: SFNClient;
  readonly lambda: LambdaClient;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly ssm: SSMClient;
  close(): Promise<void>;
}

const shortRetries = ['--retry-scale', '0.01'];

/** The target that `API_URL` and `AWS_ENDPOINT_URL` name, or the local cloud that the test files of a worker share. */
export async function openTarget(): Promise<Target> {
  const { API_URL: apiUrl, AWS_ENDPOINT_URL: awsUrl } = process.env;
  if (apiUrl !== undefined && awsUrl !== undefined) return connect(apiUrl, awsUrl, async () => undefined);
  const shared = await sharedCloud(shortRetries);
  return connect(shared.apiUrl, shared.awsUrl, async () => undefined);
}

/** A local cloud in which nothing has happened yet, whose end is `close()`. */
export async function openOwnCloud(): Promise<Target> {
  const { apiUrl, awsUrl, stop } = await startEmbeddedProcess(shortRetries);
  return connect(apiUrl, awsUrl, stop);
}

export async function connect(apiUrl: string, awsUrl: string, stop: () => Promise<void>): Promise<Target> {
  const client = {
    endpoint: awsUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  // The document client refuses `cacheMiddleware`.
  const dynamodb = new DynamoDBClient(client);
  const quick = { ...client, cacheMiddleware: true };
  const clients = {
    dynamodb: DynamoDBDocumentClient.from(dynamodb),
    // TestState has a host of its own on AWS, which an emulator has not.
    stepFunctions: new SFNClient({ ...quick, disableHostPrefix: true }),
    lambda: new LambdaClient(quick),
    sqs: new SQSClient(quick),
    sns: new SNSClient(quick),
    ssm: new SSMClient(quick),
  };
  const parameter = async (Name: string): Promise<string> =>
    (await clients.ssm.send(new GetParameterCommand({ Name }))).Parameter?.Value ?? '';
  const queue = async (QueueName: string): Promise<string> =>
    (await clients.sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? '';
  const { TableNames = [] } = await dynamodb.send(new ListTablesCommand({}));
  const tableName = TableNames.find((name) => name.startsWith('booking-saga')) ?? '';
  return {
    apiUrl,
    awsUrl,
    tableName,
    table: { client: new DocumentClient(dynamodb), name: tableName },
    stateMachineArn: await parameter('/local/service/booking/statemachine/processBooking'),
    bookingTopicArn: await parameter('/local/service/booking/messaging/bookingTopic'),
    deadLetterQueueUrl: await queue('booking-saga-local-dead-letters'),
    redriveQueueUrl: await queue('booking-saga-local-redrive'),
    loyaltyQueueUrl: await queue('booking-saga-local-loyalty'),
    loyaltyDeadLetterQueueUrl: await queue('booking-saga-local-loyalty-dead-letters'),
    ...clients,
    async close() {
      for (const one of Object.values(clients)) one.destroy();
      await stop();
    },
  };
}
