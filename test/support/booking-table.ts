import { Readable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AwsError, OUTSIDE, type StackResource } from '#embedded/index.ts';
import { createDynamoDb } from '#embedded/testing.ts';
import { DocumentClient } from '#functions/shared/aws/document-client.ts';
import { GetCommand, PutCommand, QueryCommand, ScanCommand } from '#functions/shared/aws/document-commands.ts';
import type { Table } from '#functions/shared/aws/table.ts';
import {
  type IndexDefinition,
  indexes,
  type Key,
  keys,
  partitionKey,
  sortKey,
  timeToLiveAttribute,
} from '#schema/table.ts';

type Item = Record<string, unknown>;
type Call = (operation: string, input: Item) => Promise<Item>;

/** Stands between the client and the table: may refuse, repeat, delay or drop the reply of a call. */
export type Interception = (operation: string, input: Item, call: Call) => Promise<Item>;

export interface TestTable {
  readonly table: Table;
  /** As the state machine's own integration calls: wire format. */
  readonly call: Call;
  item(key: Key): Promise<Item | undefined>;
  put(item: Item): Promise<void>;
  all(): Promise<Item[]>;
  /** All items of one partition, which one page has to hold. */
  partition(value: string): Promise<Item[]>;
  query(index: string, hashKey: string, value: string): Promise<Item[]>;
  /** For all calls from now on; undefined ends it. */
  intercept(interception: Interception | undefined): void;
  close(): Promise<void>;
}

const definitions: readonly IndexDefinition[] = Object.values(indexes);
const keyAttributes = new Set([partitionKey, sortKey, ...definitions.flatMap((one) => [one.hashKey, one.rangeKey])]);

/** The single table as `schema/` describes it, in the form of a synthesized stack. */
const tableResource = (name: string): StackResource => ({
  type: 'aws_dynamodb_table',
  name,
  attributes: {
    name,
    billing_mode: 'PAY_PER_REQUEST',
    hash_key: partitionKey,
    range_key: sortKey,
    attribute: [...keyAttributes].map((attribute) => ({ name: attribute, type: 'S' })),
    global_secondary_index: definitions.map(({ name: index, hashKey, rangeKey, projection }) => ({
      name: index,
      hash_key: hashKey,
      range_key: rangeKey,
      projection_type: projection.type,
      ...('attributes' in projection ? { non_key_attributes: projection.attributes } : {}),
    })),
    ttl: { attribute_name: timeToLiveAttribute, enabled: true },
  },
});

/** The real SDK client before a table in this process, so that the stores' own expressions are what is tested. */
export async function openBookingTable(): Promise<TestTable> {
  const name = 'bookings';
  const dynamoDb = await createDynamoDb({
    tables: [tableResource(name)],
    environment: { region: 'us-east-1', accountId: '000000000000' },
    authorize: () => undefined,
  });
  const call: Call = (operation, input) => dynamoDb.call(operation, input, OUTSIDE);
  let interception: Interception | undefined;

  const clientOver = (perform: Call): DocumentClient =>
    new DocumentClient(
      new DynamoDBClient({
        region: 'us-east-1',
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
        maxAttempts: 1,
        requestHandler: {
          handle: async (request: { headers: Record<string, string>; body: Uint8Array }) => ({
            response: await answer(request, perform),
          }),
        } as never,
      }),
    );
  const direct = clientOver(call);
  const intercepted: Call = (operation, input) =>
    interception === undefined ? call(operation, input) : interception(operation, input, call);
  const client = clientOver(intercepted);
  return {
    table: { client, name },
    call: intercepted,
    async item(key) {
      return (await direct.send(new GetCommand({ TableName: name, Key: key, ConsistentRead: true }))).Item;
    },
    async put(item) {
      await direct.send(new PutCommand({ TableName: name, Item: item }));
    },
    async all() {
      const found: Item[] = [];
      let ExclusiveStartKey: Item | undefined;
      do {
        const page = await direct.send(new ScanCommand({ TableName: name, ExclusiveStartKey }));
        found.push(...(page.Items ?? []));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      return found;
    },
    async partition(value) {
      const { Items = [], LastEvaluatedKey } = await direct.send(
        new QueryCommand({
          TableName: name,
          KeyConditionExpression: '#hash = :hash',
          ExpressionAttributeNames: { '#hash': partitionKey },
          ExpressionAttributeValues: { ':hash': value },
          ConsistentRead: true,
        }),
      );
      if (LastEvaluatedKey !== undefined) throw new Error(`Partition ${value} is larger than a page`);
      return Items;
    },
    async query(index, hashKey, value) {
      const answered = await direct.send(
        new QueryCommand({
          TableName: name,
          IndexName: index,
          KeyConditionExpression: '#hash = :hash',
          ExpressionAttributeNames: { '#hash': hashKey },
          ExpressionAttributeValues: { ':hash': value },
        }),
      );
      return answered.Items ?? [];
    },
    intercept(next) {
      interception = next;
    },
    close: () => dynamoDb.close(),
  };
}

async function answer(request: { headers: Record<string, string>; body: Uint8Array }, perform: Call) {
  const operation = (request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
  const reply = (statusCode: number, body: unknown) => ({
    statusCode,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: Readable.from([Buffer.from(JSON.stringify(body))]),
  });
  try {
    return reply(200, await perform(operation, JSON.parse(new TextDecoder().decode(request.body))));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const { code, message, statusCode, details } = error;
    return reply(statusCode, { __type: `com.amazonaws.dynamodb.v20120810#${code}`, message, ...details });
  }
}

/** A flight of the catalog with so many seats, as an older release left it. */
export const aFlight = (flightId: string, seatCapacity: number, overrides: Item = {}): Item => ({
  ...keys.flightInventory(flightId),
  id: flightId,
  departureDate: '2026-07-10',
  departureAirportCode: 'LHR',
  arrivalAirportCode: 'DUB',
  'arrivalAirportCode#departureDate': 'DUB#2026-07-10',
  ticketPrice: 250,
  ticketCurrency: 'USD',
  flightNumber: 100,
  seatCapacity,
  ...overrides,
});
