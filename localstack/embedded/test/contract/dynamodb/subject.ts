import { createDynamoDb } from '#embedded/dynamodb/index.ts';
import { OUTSIDE } from '#embedded/types.ts';

/** A DynamoDB under test. */
export interface Subject {
  readonly name: string;
  /** Amazon's DynamoDB Local, whose known differences from AWS `differences.ts` lists. */
  readonly isLocal: boolean;
  call(operation: string, input: Record<string, unknown>): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

export async function embeddedSubject(): Promise<Subject> {
  const service = createDynamoDb({
    tables: [],
    environment: { region: 'us-east-1', accountId: '000000000000' },
    authorize: () => undefined,
  });
  return {
    name: 'the embedded DynamoDB',
    isLocal: false,
    call: (operation, input) => service.call(operation, input, OUTSIDE),
    close: () => service.close(),
  };
}

/** Creates the table of the contract: string keys, a sparse index with a range key, and one that projects little. */
export async function createContractTable(subject: Subject, name: string): Promise<void> {
  const index = (IndexName: string, hash: string, range: string | undefined, Projection: Record<string, unknown>) => ({
    IndexName,
    KeySchema: [
      { AttributeName: hash, KeyType: 'HASH' },
      ...(range === undefined ? [] : [{ AttributeName: range, KeyType: 'RANGE' }]),
    ],
    Projection,
  });
  await subject.call('CreateTable', {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', 'holder', 'phase', 'slot']
      .map((attribute) => ({
        AttributeName: attribute,
        AttributeType: 'S',
      }))
      .concat({ AttributeName: 'grade', AttributeType: 'N' }),
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      index('ByOwner', 'holder', 'phase', { ProjectionType: 'ALL' }),
      index('ByRank', 'slot', 'grade', { ProjectionType: 'INCLUDE', NonKeyAttributes: ['note'] }),
      index('ByShard', 'slot', undefined, { ProjectionType: 'KEYS_ONLY' }),
    ],
  });
}
