/** The least that functions can do for a booking: its calls of AWS, with the SDK and the settings that all functions have, and nothing else. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { createClient } from '#functions/shared/aws/aws-client.ts';
import { DocumentClient } from '#functions/shared/aws/document-client.ts';
import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '#functions/shared/aws/document-commands.ts';

const table = new DocumentClient(createClient(DynamoDBClient));
const topics = createClient(SNSClient);
const machines = createClient(SFNClient);

/** Inputs are what a booking's functions sent, of any shape. */
const operations: Readonly<Record<string, (input: never) => Promise<unknown>>> = {
  DeleteItem: (input) => table.send(new DeleteCommand(input)),
  GetItem: (input) => table.send(new GetCommand(input)),
  PutItem: (input) => table.send(new PutCommand(input)),
  Query: (input) => table.send(new QueryCommand(input)),
  TransactWriteItems: (input) => table.send(new TransactWriteCommand(input)),
  UpdateItem: (input) => table.send(new UpdateCommand(input)),
  Publish: (input) => topics.send(new PublishCommand(input)),
  DescribeExecution: (input) => machines.send(new DescribeExecutionCommand(input)),
};

interface Call {
  readonly operation: string;
  readonly input: never;
}

export async function handler({ calls }: { readonly calls: readonly Call[] }): Promise<void> {
  for (const { operation, input } of calls) {
    const send = operations[operation];
    if (send === undefined) throw new Error(`The floor knows no ${operation}`);
    await send(input);
  }
}
