import type { Clock } from '../ports.ts';
import type { Environment } from '../types.ts';
import { writeBatch } from './batch-write.ts';
import { Idempotency } from './idempotency.ts';
import { queryItems, readBatch, readItem, scanItems } from './reads.ts';
import type { Store } from './store.ts';
import { createTable, deleteTable, describeTable, listTables, updateTable } from './tables.ts';
import { listTags, tag, untag } from './tags.ts';
import { readTransaction, writeTransaction } from './transactions.ts';
import { describeTimeToLive, updateTimeToLive } from './ttl.ts';
import { writeItem } from './writes.ts';

type Input = Readonly<Record<string, unknown>>;
type Result = Record<string, unknown>;
export type Operation = (input: Input) => Promise<Result> | Result;

/** Everything that this DynamoDB can do, by the operation's name. */
export function operations(store: Store, environment: Environment, recoverable: ReadonlySet<string>, clock: Clock) {
  const idempotency = new Idempotency(() => clock.now());
  return new Map<string, Operation>([
    ['GetItem', (input) => readItem(input, store)],
    ['PutItem', (input) => writeItem('PutItem', input, store)],
    ['UpdateItem', (input) => writeItem('UpdateItem', input, store)],
    ['DeleteItem', (input) => writeItem('DeleteItem', input, store)],
    ['Query', (input) => queryItems(input, store)],
    ['Scan', (input) => scanItems(input, store)],
    ['BatchGetItem', (input) => readBatch(input, store)],
    ['BatchWriteItem', (input) => writeBatch(input, store)],
    ['TransactWriteItems', (input) => writeTransaction(input, store, idempotency)],
    ['TransactGetItems', (input) => readTransaction(input, store)],
    ['CreateTable', (input) => createTable(input, store, environment)],
    ['DeleteTable', (input) => deleteTable(input, store)],
    ['UpdateTable', (input) => updateTable(input, store, environment)],
    ['DescribeTable', (input) => describeTable(input, store)],
    ['ListTables', (input) => listTables(input, store)],
    ['UpdateTimeToLive', (input) => updateTimeToLive(input, store)],
    ['DescribeTimeToLive', (input) => describeTimeToLive(input, store)],
    ['DescribeContinuousBackups', (input) => describeBackups(input, store, recoverable)],
    ['TagResource', (input) => tag(input, store)],
    ['UntagResource', (input) => untag(input, store)],
    ['ListTagsOfResource', (input) => listTags(input, store)],
  ]);
}

function describeBackups(input: Input, store: Store, recoverable: ReadonlySet<string>): Result {
  const { TableName: name } = store.table(String(input.TableName));
  const status = recoverable.has(name) ? 'ENABLED' : 'DISABLED';
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: status },
    },
  };
}
