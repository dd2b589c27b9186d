import type { Environment } from '../types.ts';
import { type HashKeyOf, leadingKeyOf, leadingKeyOfQuery, leadingKeyOfWrite } from './leading-keys.ts';

type Input = Readonly<Record<string, unknown>>;

/** An IAM action, the ARN that it needs to be allowed on, and the partition keys that it is about (`dynamodb:LeadingKeys`). */
export type Permission = readonly [action: string, arn: string, leadingKeys: readonly string[]];

/** What permissions depend on besides the request. */
export interface Tables {
  readonly arnOf: (table: string) => string;
  readonly hashKeyOf: HashKeyOf;
}

/** Actions of a transaction's elements, as in AWS's service authorization reference. */
const transactional: Readonly<Record<string, string>> = {
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  Delete: 'dynamodb:DeleteItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
  Get: 'dynamodb:GetItem',
};

/** What a caller must be allowed for a request (whose table names are plain names); without a table in it, nothing. */
export function permissionsFor(operation: string, input: Input, tables: Tables): Permission[] {
  const { arnOf, hashKeyOf } = tables;
  const { TableName: table, IndexName: index } = input;
  switch (operation) {
    case 'TransactWriteItems':
    case 'TransactGetItems':
      return distinct(elementPermissions(input.TransactItems, tables));
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return Object.entries(input.RequestItems ?? {}).map(([name, requests]) => [
        `dynamodb:${operation}`,
        arnOf(name),
        batchKeys(operation, requests, hashKeyOf(name)),
      ]);
    case 'ListTables':
      return [['dynamodb:ListTables', '*', []]];
  }
  if (typeof table !== 'string') return [];
  const onIndex = (operation === 'Query' || operation === 'Scan') && typeof index === 'string';
  const arn = onIndex ? `${arnOf(table)}/index/${index}` : arnOf(table);
  const keys =
    operation === 'Query'
      ? leadingKeyOfQuery(input, hashKeyOf)
      : leadingKeyOf(input.Key ?? input.Item, hashKeyOf(table));
  return [[`dynamodb:${operation}`, arn, keys]];
}

function batchKeys(operation: string, requests: unknown, hashKey: string | undefined): string[] {
  if (operation === 'BatchWriteItem') {
    return Array.isArray(requests) ? requests.flatMap((each) => leadingKeyOfWrite(each, hashKey)) : [];
  }
  const keys = (requests as { Keys?: unknown } | null | undefined)?.Keys;
  return Array.isArray(keys) ? keys.flatMap((key) => leadingKeyOf(key, hashKey)) : [];
}

/** Each element is asked for by itself, with its own partition key. */
function elementPermissions(elements: unknown, { arnOf, hashKeyOf }: Tables): Permission[] {
  if (!Array.isArray(elements)) return [];
  return elements.flatMap((element) =>
    Object.entries((element ?? {}) as Record<string, Input | undefined>).flatMap(([kind, request]) => {
      const action = transactional[kind];
      if (action === undefined || typeof request?.TableName !== 'string') return [];
      const { TableName: table } = request;
      return [[action, arnOf(table), leadingKeyOf(request.Key ?? request.Item, hashKeyOf(table))] as const];
    }),
  );
}

function distinct(permissions: readonly Permission[]): Permission[] {
  return [...new Map(permissions.map((permission) => [JSON.stringify(permission), permission])).values()];
}

export const tableArn = ({ region, accountId }: Environment, table: string): string =>
  `arn:aws:dynamodb:${region}:${accountId}:table/${table}`;
