import { AwsError } from '#embedded/types.ts';
import type { Subject } from './subject.ts';
import { type Plain, wireItem } from './values.ts';

type Members = Record<string, unknown>;

/** What a contract's cases work with: one table of one DynamoDB, and the few calls that they all make. */
export class Context {
  readonly subject: Subject;
  readonly table: string;

  constructor(subject: Subject, table: string) {
    this.subject = subject;
    this.table = table;
  }

  call(operation: string, input: Members): Promise<Members> {
    return this.subject.call(operation, { TableName: this.table, ...input });
  }

  put(item: Record<string, Plain>, more: Members = {}): Promise<Members> {
    return this.call('PutItem', { Item: wireItem(item), ...more });
  }

  async putAll(items: readonly Record<string, Plain>[]): Promise<void> {
    for (const item of items) await this.put(item);
  }

  async get(pk: string, sk = 'A'): Promise<unknown> {
    return (await this.call('GetItem', { Key: keyOf(pk, sk), ConsistentRead: true })).Item;
  }

  /** TransactWriteItems whose elements lack the table's name. */
  transact(elements: readonly Record<string, Members>[], more: Members = {}): Promise<Members> {
    return this.subject.call('TransactWriteItems', { TransactItems: this.elements(elements), ...more });
  }

  elements(elements: readonly Record<string, Members>[]): Members[] {
    return elements.map((element) =>
      Object.fromEntries(Object.entries(element).map(([kind, input]) => [kind, { TableName: this.table, ...input }])),
    );
  }
}

export const keyOf = (pk: string, sk = 'A') => wireItem({ pk, sk });

export const valuesOf = (values: Record<string, Plain> | undefined): Members =>
  values === undefined ? {} : { ExpressionAttributeValues: wireItem(values) };

/** The error of a call that has to fail. */
export async function failure(call: Promise<unknown>): Promise<AwsError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
  throw new Error('The call should have failed and has not.');
}

/** `done`, or the code of the error. */
export async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'done';
  } catch (error) {
    if (error instanceof AwsError) return error.code;
    throw error;
  }
}
