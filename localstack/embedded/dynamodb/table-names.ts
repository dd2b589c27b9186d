import { isObject } from '../values.ts';

type Input = Readonly<Record<string, unknown>>;

/** The name of a table that is given by its name or its ARN. */
export const tableName = (nameOrArn: unknown): unknown =>
  typeof nameOrArn === 'string' && nameOrArn.startsWith('arn:') ? nameOrArn.split('/')[1] : nameOrArn;

/** The input with plain table names wherever the caller wrote ARNs. The input itself stays as it is. */
export function withTableNames(input: Input): Input {
  if (typeof input.TableName === 'string') {
    return input.TableName.startsWith('arn:') ? { ...input, TableName: tableName(input.TableName) } : input;
  }
  if (Array.isArray(input.TransactItems)) return { ...input, TransactItems: input.TransactItems.map(withElementNames) };
  if (isObject(input.RequestItems)) {
    const entries = Object.entries(input.RequestItems).map(([name, requests]) => [tableName(name), requests]);
    return { ...input, RequestItems: Object.fromEntries(entries) };
  }
  return input;
}

function withElementNames(element: unknown): unknown {
  if (!isObject(element)) return element;
  const entries = Object.entries(element).map(([kind, request]) => [
    kind,
    isObject(request) ? withTableNames(request) : request,
  ]);
  return Object.fromEntries(entries);
}
