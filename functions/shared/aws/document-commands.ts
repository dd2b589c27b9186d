import {
  BatchGetItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand as QueryItemsCommand,
  ScanCommand as ScanItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type {
  BatchGetCommandInput,
  BatchGetCommandOutput,
  DeleteCommandInput,
  DeleteCommandOutput,
  GetCommandInput,
  GetCommandOutput,
  PutCommandInput,
  PutCommandOutput,
  QueryCommandInput,
  QueryCommandOutput,
  ScanCommandInput,
  ScanCommandOutput,
  TransactWriteCommandInput,
  TransactWriteCommandOutput,
  UpdateCommandInput,
  UpdateCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

/** One request whose items are plain values. */
export interface DocumentCommand<Input, Output> {
  readonly input: Input;
  sendBy(client: DynamoDBClient): Promise<Output>;
}

type Translate = (value: never) => unknown;
/** How the members of an object that hold items are translated; the others stay as they are. */
type Members = Readonly<Record<string, Translate>>;

const toWire = (item: Record<string, unknown>) => marshall(item, { removeUndefinedValues: true });
const fromWire = (item: Parameters<typeof unmarshall>[0]) => unmarshall(item);
const list =
  (translate: Translate): Translate =>
  (items: readonly never[]) =>
    items.map(translate);
/** An object of any names, such as one by table. */
const record =
  (translate: Translate): Translate =>
  (values: Readonly<Record<string, never>>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, translate(value)]));
const object =
  (members: Members) =>
  (value: object): object => {
    const translated: Record<string, unknown> = { ...value };
    for (const [name, translate] of Object.entries(members)) {
      if (translated[name] !== undefined) translated[name] = translate(translated[name] as never);
    }
    return translated;
  };

function command<Input extends object, Output extends object>(
  SdkCommand: new (input: never) => object,
  input: Members,
  output: Members,
) {
  const [inputToWire, outputFromWire] = [object(input), object(output)];
  return class implements DocumentCommand<Input, Output> {
    readonly input: Input;

    constructor(given: Input) {
      this.input = given;
    }

    async sendBy(client: DynamoDBClient): Promise<Output> {
      const answer: object = await client.send(new SdkCommand(inputToWire(this.input) as never) as never);
      return outputFromWire(answer) as Output;
    }
  };
}

const written: Members = { Key: toWire, Item: toWire, ExpressionAttributeValues: toWire };
const writtenAnswer: Members = { Attributes: fromWire };
const searched: Members = { ExpressionAttributeValues: toWire, ExclusiveStartKey: toWire };
const page: Members = { Items: list(fromWire), LastEvaluatedKey: fromWire };

export class GetCommand extends command<GetCommandInput, GetCommandOutput>(GetItemCommand, written, {
  Item: fromWire,
}) {}
export class PutCommand extends command<PutCommandInput, PutCommandOutput>(PutItemCommand, written, writtenAnswer) {}
export class UpdateCommand extends command<UpdateCommandInput, UpdateCommandOutput>(
  UpdateItemCommand,
  written,
  writtenAnswer,
) {}
export class DeleteCommand extends command<DeleteCommandInput, DeleteCommandOutput>(
  DeleteItemCommand,
  written,
  writtenAnswer,
) {}
export class QueryCommand extends command<QueryCommandInput, QueryCommandOutput>(QueryItemsCommand, searched, page) {}
export class ScanCommand extends command<ScanCommandInput, ScanCommandOutput>(ScanItemsCommand, searched, page) {}
export class BatchGetCommand extends command<BatchGetCommandInput, BatchGetCommandOutput>(
  BatchGetItemCommand,
  { RequestItems: record(object({ Keys: list(toWire) })) },
  { Responses: record(list(fromWire)), UnprocessedKeys: record(object({ Keys: list(fromWire) })) },
) {}
export class TransactWriteCommand extends command<TransactWriteCommandInput, TransactWriteCommandOutput>(
  TransactWriteItemsCommand,
  { TransactItems: list(record(object(written))) },
  {},
) {}
