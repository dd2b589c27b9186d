import { Readable } from 'node:stream';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import * as library from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { clientDefaults } from '#functions/shared/aws/aws-client.ts';
import { DocumentClient } from '#functions/shared/aws/document-client.ts';
import * as own from '#functions/shared/aws/document-commands.ts';

interface Sent {
  readonly operation: string;
  readonly body: Record<string, unknown>;
}
interface Reply {
  readonly status?: number;
  readonly body: unknown;
}

/** The SDK's client whose requests are answered here. */
function clientOf(answer: (sent: Sent) => Reply | Promise<Reply>, config: DynamoDBClientConfig = {}): DynamoDBClient {
  return new DynamoDBClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    ...config,
    requestHandler: {
      handle: async ({ headers, body }: { headers: Record<string, string>; body: Uint8Array }) => {
        const operation = headers['x-amz-target']?.split('.')[1] ?? '';
        const reply = await answer({ operation, body: JSON.parse(new TextDecoder().decode(body)) });
        return {
          response: {
            statusCode: reply.status ?? 200,
            headers: { 'content-type': 'application/x-amz-json-1.0' },
            body: Readable.from([Buffer.from(JSON.stringify(reply.body))]),
          },
        };
      },
    } as never,
  });
}

const ownClient = (answer: (sent: Sent) => Reply | Promise<Reply>) =>
  new DocumentClient(clientOf(answer, { cacheMiddleware: clientDefaults.cacheMiddleware }));

const item = {
  pk: 'trip-1',
  price: 99.5,
  ready: true,
  nothing: null,
  left: undefined,
  holds: new Set(['a', 'b']),
  seats: new Set([1, 2]),
  bytes: new Uint8Array([1, 2, 3]),
  run: { legs: ['hotel', { nights: 3, left: undefined }], empty: {}, none: [] },
};
const wireItem = {
  pk: { S: 'trip-1' },
  price: { N: '99.5' },
  run: { M: { legs: { L: [{ S: 'hotel' }, { N: '3' }] } } },
};
const Key = { pk: 'trip-1', sk: 'trip-1' };
const wireKey = { pk: { S: 'trip-1' }, sk: { S: 'trip-1' } };
const written = {
  TableName: 'bookings',
  ConditionExpression: '#a = :b',
  ExpressionAttributeNames: { '#a': 'Key' },
  ExpressionAttributeValues: { ':b': { Key: 'x', Item: [1, 'two'] }, ':left': undefined },
};
const ClientRequestToken = 'token';

/** Of each command: an input with every member that holds items, and an answer with every such member. */
const cases: Readonly<Record<keyof typeof own, { readonly input: object; readonly answer: object }>> = {
  GetCommand: { input: { TableName: 'bookings', Key, ConsistentRead: true }, answer: { Item: wireItem } },
  PutCommand: { input: { ...written, Item: item, ReturnValues: 'ALL_OLD' }, answer: { Attributes: wireItem } },
  UpdateCommand: { input: { ...written, Key, UpdateExpression: 'SET a = :b' }, answer: { Attributes: wireItem } },
  DeleteCommand: { input: { ...written, Key }, answer: { Attributes: wireItem } },
  QueryCommand: {
    input: { ...written, KeyConditionExpression: 'pk = :b', ExclusiveStartKey: Key, Limit: 3 },
    answer: { Items: [wireItem, wireKey], LastEvaluatedKey: wireKey, Count: 2 },
  },
  ScanCommand: { input: { ...written, ExclusiveStartKey: Key }, answer: { Items: [], LastEvaluatedKey: wireKey } },
  BatchGetCommand: {
    // A table may be called as a member is.
    input: { RequestItems: { Keys: { Keys: [Key, Key] }, other: { Keys: [Key], ConsistentRead: true } } },
    answer: { Responses: { Keys: [wireItem], other: [] }, UnprocessedKeys: { Keys: { Keys: [wireKey] } } },
  },
  TransactWriteCommand: {
    input: {
      ClientRequestToken,
      TransactItems: [
        { Put: { ...written, Item: item } },
        { Update: { ...written, Key, UpdateExpression: 'SET a = :b' } },
        { Delete: { ...written, Key } },
        { ConditionCheck: { ...written, Key } },
      ],
    },
    answer: {},
  },
};
type Commands<Command> = Readonly<Record<string, new (input: never) => Command>>;
const ownCommands = own as unknown as Commands<own.GetCommand>;
const libraryCommands = library as unknown as Commands<library.GetCommand>;

describe('the document client', () => {
  it.each(Object.entries(cases))('sends and answers %s as the SDK’s library does', async (name, { input, answer }) => {
    const sent: Sent[] = [];
    const reply = (one: Sent): Reply => {
      sent.push(one);
      return { body: answer };
    };
    const [OwnCommand, LibraryCommand] = [ownCommands[name], libraryCommands[name]];
    if (OwnCommand === undefined || LibraryCommand === undefined) throw new Error(`There is no ${name}`);
    const translateConfig = { marshallOptions: { removeUndefinedValues: true } };
    const expected = await library.DynamoDBDocumentClient.from(clientOf(reply), translateConfig).send(
      new LibraryCommand(input as never),
    );
    const { $metadata, ...given } = await ownClient(reply).send(new OwnCommand(input as never));
    expect({ ...given, $metadata: expect.anything() }).toEqual({ ...expected, $metadata: expect.anything() });
    expect($metadata.httpStatusCode).toBe(200);
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
  });

  it('leaves what it is given as it is', async () => {
    const input = { TableName: 'bookings', Item: { pk: 'a', run: { legs: ['hotel'] } } };
    const before = structuredClone(input);
    await ownClient(() => ({ body: {} })).send(new own.PutCommand(input));
    expect(input).toEqual(before);
  });

  it('keeps requests apart that are under way at a time, also those that are tried again', async () => {
    const tries = new Map<string, number>();
    const client = ownClient(async ({ body }) => {
      const { pk } = (body as { Key: { pk: { S: string } } }).Key;
      tries.set(pk.S, (tries.get(pk.S) ?? 0) + 1);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
      const isFirst = tries.get(pk.S) === 1;
      if (isFirst && pk.S.endsWith('3')) return { status: 500, body: { __type: 'InternalServerError' } };
      if (pk.S.endsWith('7')) return { status: 400, body: { __type: 'ConditionalCheckFailedException', Item: { pk } } };
      return { body: { Item: { pk, name: { S: `item of ${pk.S}` } } } };
    });
    const ids = Array.from({ length: 60 }, (_, index) => `id-${index}`);
    const answers = await Promise.allSettled(
      ids.map((pk) => client.send(new own.GetCommand({ TableName: 'bookings', Key: { pk } }))),
    );
    for (const [index, pk] of ids.entries()) {
      const answer = answers[index];
      if (pk.endsWith('7')) {
        expect(answer).toMatchObject({
          status: 'rejected',
          reason: { name: 'ConditionalCheckFailedException', Item: { pk: { S: pk } } },
        });
      } else {
        expect(answer).toMatchObject({ status: 'fulfilled', value: { Item: { pk, name: `item of ${pk}` } } });
        expect(answer).toMatchObject({ value: { $metadata: { attempts: pk.endsWith('3') ? 2 : 1 } } });
      }
    }
  });

  it('gives each transaction a token of its own', async () => {
    const tokens: unknown[] = [];
    const client = ownClient(({ body }) => {
      tokens.push(body.ClientRequestToken);
      return { body: {} };
    });
    for (let count = 0; count < 3; count++) {
      await client.send(
        new own.TransactWriteCommand({ TransactItems: [{ Put: { TableName: 'bookings', Item: Key } }] }),
      );
    }
    expect(new Set(tokens).size).toBe(3);
    for (const token of tokens) expect(token).toMatch(/^[0-9a-f-]{36}$/);
  });
});
