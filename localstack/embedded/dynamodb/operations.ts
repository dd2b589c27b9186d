import { writeBatch } from './batch-write.ts';
import type { Database } from './database.ts';
import { Idempotency } from './idempotency.ts';
import { queryItems, scanItems } from './range-reads.ts';
import { readBatch, readItem } from './reads.ts';
import { type Input, type Output, tableNameOf } from './request.ts';
import { createTable, deleteTable, describeTable, listTables } from './tables.ts';
import { readTransaction, writeTransaction } from './transactions.ts';
import { describeTimeToLive } from './ttl.ts';
import { writeItem } from './writes.ts';

type Operation = (input: Input) => Promise<Output> | Output;

/** Everything that this DynamoDB can do. Indexes, expiry, backups and tags of a table are the stack's affair. */
export function operationsOf(
  database: Database,
  recoverable: ReadonlySet<string>,
): Readonly<Record<string, Operation>> {
  const idempotency = new Idempotency(database.tokens, () => database.ports.clock.now());
  return {
    GetItem: (input) => readItem(input, database),
    PutItem: (input) => writeItem('PutItem', input, database),
    UpdateItem: (input) => writeItem('UpdateItem', input, database),
    DeleteItem: (input) => writeItem('DeleteItem', input, database),
    Query: (input) => queryItems(input, database),
    Scan: (input) => scanItems(input, database),
    BatchGetItem: (input) => readBatch(input, database),
    BatchWriteItem: (input) => writeBatch(input, database),
    TransactWriteItems: (input) => writeTransaction(input, database, idempotency),
    TransactGetItems: (input) => readTransaction(input, database),
    CreateTable: (input) => createTable(input, database),
    DeleteTable: (input) => deleteTable(input, database),
    DescribeTable: (input) => describeTable(input, database),
    ListTables: (input) => listTables(input, database),
    DescribeTimeToLive: (input) => describeTimeToLive(input, database),
    DescribeContinuousBackups: (input) => describeBackups(input, database, recoverable),
  };
}

function describeBackups(input: Input, database: Database, recoverable: ReadonlySet<string>): Output {
  const { name } = database.table(tableNameOf(input)).schema;
  const status = recoverable.has(name) ? 'ENABLED' : 'DISABLED';
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: status },
    },
  };
}
