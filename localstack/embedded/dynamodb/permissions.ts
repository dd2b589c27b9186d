import type { Environment } from '../types.ts';

type Input = Readonly<Record<string, unknown>>;

/** An IAM action and the ARN that it needs to be allowed on. */
export type Permission = readonly [action: string, arn: string];

/** Actions of a transaction's elements, as in AWS's service authorization reference. */
const transactional: Readonly<Record<string, string>> = {
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  Delete: 'dynamodb:DeleteItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
  Get: 'dynamodb:GetItem',
};

/** What a caller must be allowed for a request (whose table names are plain names); without a table in it, nothing. */
export function permissionsFor(operation: string, input: Input, arnOf: (table: string) => string): Permission[] {
  const { TableName: table, IndexName: index } = input;
  switch (operation) {
    case 'TransactWriteItems':
    case 'TransactGetItems':
      return distinct(elementPermissions(input.TransactItems, arnOf));
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return Object.keys(input.RequestItems ?? {}).map((name) => [`dynamodb:${operation}`, arnOf(name)]);
    case 'TagResource':
    case 'UntagResource':
    case 'ListTagsOfResource':
      return typeof input.ResourceArn === 'string' ? [[`dynamodb:${operation}`, input.ResourceArn]] : [];
    case 'ListTables':
      return [['dynamodb:ListTables', '*']];
  }
  if (typeof table !== 'string') return [];
  const onIndex = (operation === 'Query' || operation === 'Scan') && typeof index === 'string';
  return [[`dynamodb:${operation}`, onIndex ? `${arnOf(table)}/index/${index}` : arnOf(table)]];
}

function elementPermissions(elements: unknown, arnOf: (table: string) => string): Permission[] {
  if (!Array.isArray(elements)) return [];
  return elements.flatMap((element) =>
    Object.entries((element ?? {}) as Record<string, { TableName?: unknown } | undefined>).flatMap(
      ([kind, request]) => {
        const action = transactional[kind];
        return action !== undefined && typeof request?.TableName === 'string'
          ? [[action, arnOf(request.TableName)] as const]
          : [];
      },
    ),
  );
}

function distinct(permissions: readonly Permission[]): Permission[] {
  return [...new Map(permissions.map((permission) => [permission.join(' '), permission])).values()];
}

export const tableArn = ({ region, accountId }: Environment, table: string): string =>
  `arn:aws:dynamodb:${region}:${accountId}:table/${table}`;
