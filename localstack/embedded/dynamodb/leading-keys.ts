import { tableName } from './table-names.ts';

type Input = Readonly<Record<string, unknown>>;

/** Names of the attributes that hold the partition key: of a table, or of one of its indexes. */
export type HashKeyOf = (table: string, index?: string) => string | undefined;

const EQUALITY = /([#\w]+)\s*=\s*(:\w+)/g;

/** The partition key of an item or a key, as IAM sees it. */
export function leadingKeyOf(item: unknown, hashKey: string | undefined): string[] {
  return hashKey === undefined ? [] : keyText(record(item)[hashKey]);
}

/** Of one request of a batch: `{PutRequest: {Item}}`, `{DeleteRequest: {Key}}`. */
export function leadingKeyOfWrite(request: unknown, hashKey: string | undefined): string[] {
  const { PutRequest: put, DeleteRequest: remove } = record(request);
  return leadingKeyOf(record(put).Item ?? record(remove).Key, hashKey);
}

/** The partition that a Query reads; of an index, its own partition key. */
export function leadingKeyOfQuery(input: Input, hashKeyOf: HashKeyOf): string[] {
  const hashKey = hashKeyOf(String(tableName(input.TableName)), optionalText(input.IndexName));
  if (hashKey === undefined) return [];
  const names = record(input.ExpressionAttributeNames);
  const values = record(input.ExpressionAttributeValues);
  for (const [, name = '', value = ''] of String(input.KeyConditionExpression ?? '').matchAll(EQUALITY)) {
    if ((name.startsWith('#') ? names[name] : name) === hashKey) return keyText(values[value]);
  }
  return [];
}

function keyText(value: unknown): string[] {
  const { S, N, B } = record(value);
  const text = S ?? N ?? B;
  return text === undefined ? [] : [String(text)];
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const optionalText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
