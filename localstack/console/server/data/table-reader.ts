/** Reads the single table by DynamoDB's JSON protocol, a page at a time. */
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Key } from '#schema/table.ts';
import type { Attributes, Plain } from '../../model/data.ts';
import type { AwsCall, Json } from '../source.ts';

/** AWS's most for a BatchGetItem. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const batchLength = 100;

export interface Page {
  readonly items: readonly Attributes[];
  /** Whether there is more. */
  readonly isCut: boolean;
}

export interface TableReader {
  get(key: Key): Promise<Attributes | undefined>;
  /** Without those that are not there, in no order. */
  getAll(keys: readonly Key[]): Promise<Attributes[]>;
  /** The first `most` items of a partition, or of an index's partition. */
  query(input: Json, most: number): Promise<Page>;
  /** The first `most` items of an index. */
  scan(index: string, most: number): Promise<Page>;
}

type Image = Parameters<typeof unmarshall>[0];

export function tableReader(call: AwsCall, TableName: string): TableReader {
  async function paged(operation: 'Query' | 'Scan', input: Json, most: number): Promise<Page> {
    const items: Attributes[] = [];
    let start: unknown;
    do {
      const page = await call('dynamodb', operation, {
        TableName,
        Limit: most - items.length,
        ...input,
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      });
      items.push(...(page.Items as Image[]).map(attributesOf));
      start = page.LastEvaluatedKey;
    } while (start !== undefined && items.length < most);
    return { items, isCut: start !== undefined };
  }

  async function batch(keys: readonly Key[]): Promise<Attributes[]> {
    const items: Attributes[] = [];
    let left: readonly Json[] = keys.map(({ pk, sk }) => ({ pk: { S: pk }, sk: { S: sk } }));
    while (left.length > 0) {
      const answer = await call('dynamodb', 'BatchGetItem', { RequestItems: { [TableName]: { Keys: left } } });
      const { [TableName]: found = [] } = answer.Responses as Readonly<Record<string, Image[]>>;
      items.push(...found.map(attributesOf));
      const rest = (answer.UnprocessedKeys ?? {}) as Readonly<Record<string, { readonly Keys: Json[] } | undefined>>;
      left = rest[TableName]?.Keys ?? [];
    }
    return items;
  }

  return {
    async get({ pk, sk }) {
      const { Item } = await call('dynamodb', 'GetItem', { TableName, Key: { pk: { S: pk }, sk: { S: sk } } });
      return Item === undefined ? undefined : attributesOf(Item as Image);
    },
    async getAll(keys) {
      const unique = [...new Map(keys.map((key) => [`${key.pk} ${key.sk}`, key])).values()];
      const batches = Array.from({ length: Math.ceil(unique.length / batchLength) }, (_, at) =>
        batch(unique.slice(at * batchLength, (at + 1) * batchLength)),
      );
      return (await Promise.all(batches)).flat();
    },
    query: (input, most) => paged('Query', input, most),
    scan: (IndexName, most) => paged('Scan', { IndexName }, most),
  };
}

const attributesOf = (image: Image): Attributes => plain(unmarshall(image)) as Attributes;

/** Sets as lists, so that JSON can say them. */
function plain(value: unknown): Plain {
  if (value instanceof Set) return [...value].map(plain);
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value as Plain;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

/** An attribute as text; empty where there is none. */
export const textOf = (value: Plain | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
