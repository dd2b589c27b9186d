import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadStack, OUTSIDE, type StackResource } from '#embedded/index.ts';
import { createDynamoDb, createIam, type DynamoDb } from '#embedded/testing.ts';
import type { TableAccess, TableAction } from '#infra/functions/definition.ts';
import { functionsOf } from '#infra/saga-functions.ts';
import { indexes, type PartitionKind, partitionPrefixes } from '#schema/table.ts';
import { stackFile } from '#test/support/faulty-cloud.ts';

type Input = Record<string, unknown>;

const stack = loadStack(stackFile);
const [table] = stack.resources('aws_dynamodb_table') as [StackResource];
const TableName = String(table.attributes.name);
const physical = (name: string) => TableName.replace(/-bookings$/, `-${name}`);
const roleArnOf = (name: string) =>
  stack.resources('aws_iam_role').find(({ attributes }) => attributes.name === name)?.attributes.arn;

/** Where each role may go; the machine's own comes from its ASL. */
const accesses: readonly (readonly [role: string, access: TableAccess])[] = [
  [physical('process-booking'), { flight: ['UpdateItem'] }],
  ...functionsOf({ demoRoutes: true }).map(({ name, needs }) => {
    const { table: own = {}, ledger = {} } = needs;
    return [physical(name), { ...own, ...ledger }] as const;
  }),
];
const reading = accesses.filter(([, access]) => Object.keys(access).length > 0);

const kinds: readonly PartitionKind[] = [
  'trip',
  ...(Object.keys(partitionPrefixes) as (keyof typeof partitionPrefixes)[]),
];
const key = (kind: PartitionKind, name = 'some-item') => ({
  pk: { S: `${kind === 'trip' ? '' : partitionPrefixes[kind]}${name}` },
  sk: { S: 'X' },
});
const change = { UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': { N: '1' } } };
const ConditionExpression = 'attribute_not_exists(nothing)';

/** One request of each action on one item. */
const requests: Record<TableAction, (kind: PartitionKind) => readonly [operation: string, input: Input]> = {
  BatchGetItem: (kind) => ['BatchGetItem', { RequestItems: { [TableName]: { Keys: [key(kind)] } } }],
  ConditionCheckItem: (kind) => ['TransactWriteItems', { TransactItems: [element('ConditionCheckItem', kind)] }],
  DeleteItem: (kind) => ['DeleteItem', { TableName, Key: key(kind) }],
  GetItem: (kind) => ['GetItem', { TableName, Key: key(kind) }],
  PutItem: (kind) => ['PutItem', { TableName, Item: key(kind) }],
  Query: (kind) => ['Query', partition(key(kind).pk)],
  UpdateItem: (kind) => ['UpdateItem', { TableName, Key: key(kind), ...change }],
};

const partition = (value: Input, more: Input = {}, attribute = 'pk') => ({
  TableName,
  KeyConditionExpression: '#p = :p',
  ExpressionAttributeNames: { '#p': attribute },
  ExpressionAttributeValues: { ':p': value },
  ...more,
});

type Transactional = 'ConditionCheckItem' | 'DeleteItem' | 'PutItem' | 'UpdateItem';

function element(action: Transactional, kind: PartitionKind, name?: string): Input {
  const Key = key(kind, name);
  return {
    ConditionCheckItem: { ConditionCheck: { TableName, Key, ConditionExpression } },
    DeleteItem: { Delete: { TableName, Key } },
    PutItem: { Put: { TableName, Item: Key } },
    UpdateItem: { Update: { TableName, Key, ...change } },
  }[action];
}

const transactional = ['ConditionCheckItem', 'DeleteItem', 'PutItem', 'UpdateItem'] as const;

let dynamodb: DynamoDb;
beforeAll(async () => {
  const { region, accountId } = stack;
  const { authorize } = createIam(stack);
  dynamodb = await createDynamoDb({ tables: [table], environment: { region, accountId }, authorize });
});
afterAll(() => dynamodb.close());

async function verdict(role: string, operation: string, input: Input): Promise<'allowed' | 'denied'> {
  try {
    await dynamodb.call(operation, input, { roleArn: roleArnOf(role) });
    return 'allowed';
  } catch (error) {
    expect(error).toMatchObject({ code: 'AccessDeniedException' });
    return 'denied';
  }
}

describe('partitions of the table', () => {
  it('takes all roles of the stack that may go to the table', () => {
    expect(accesses.filter(([role]) => roleArnOf(role) === undefined)).toEqual([]);
    expect(reading.length).toBeGreaterThan(15);
  });

  it.each(accesses)('%s may go to %j alone', async (role, access) => {
    const got: Record<string, string[]> = {};
    for (const kind of kinds) {
      for (const action of Object.keys(requests) as TableAction[]) {
        const [operation, input] = requests[action](kind);
        if ((await verdict(role, operation, input)) === 'allowed') got[kind] = [...(got[kind] ?? []), action].sort();
      }
    }

    const granted = Object.entries(access).map(([kind, actions]) => [kind, [...actions].sort()]);
    expect(got).toEqual(Object.fromEntries(granted));
  });

  it.each(accesses)('%s may not scan the table', async (role) => {
    expect(await verdict(role, 'Scan', { TableName })).toBe('denied');
  });

  it.each(accesses)('%s may query no index but its own', async (role) => {
    const { needs } = functionsOf({ demoRoutes: true }).find(({ name }) => physical(name) === role) ?? {};
    for (const [name, { name: IndexName, hashKey }] of Object.entries(indexes)) {
      const own = needs?.indexes?.[name as keyof typeof indexes] ?? [];
      for (const [operation, input] of [
        ['Query', partition({ S: 'x' }, { IndexName }, hashKey)],
        ['Scan', { TableName, IndexName }],
      ] as const) {
        const wanted = own.includes(operation) ? 'allowed' : 'denied';
        expect([IndexName, operation, await verdict(role, operation, input)]).toEqual([IndexName, operation, wanted]);
      }
    }
  });

  it.each(reading)('%s may do nothing in a transaction with one item beyond %j', async (role, access) => {
    for (const [kind, actions] of Object.entries(access) as [PartitionKind, readonly TableAction[]][]) {
      for (const action of transactional.filter((each) => actions.includes(each))) {
        const beyond = kinds.filter((other) => !access[other]?.includes(action));
        const own = [element(action, kind, 'first'), element(action, kind, 'second')];
        expect(await verdict(role, 'TransactWriteItems', { TransactItems: own })).toBe('allowed');
        for (const other of beyond) {
          const TransactItems = [...own, element(action, other)];
          expect(await verdict(role, 'TransactWriteItems', { TransactItems })).toBe('denied');
        }
      }
    }
  });

  it('are checked for each key of a batch: no flight comes with an item of another kind', async () => {
    const batch = (...keys: Input[]) => ({ RequestItems: { [TableName]: { Keys: keys } } });
    const role = physical('graphql');

    expect(await verdict(role, 'BatchGetItem', batch(key('flight'), key('flight', 'other')))).toBe('allowed');
    for (const kind of kinds.filter((each) => each !== 'flight')) {
      expect(await verdict(role, 'BatchGetItem', batch(key('flight'), key(kind)))).toBe('denied');
    }
  });

  it('are not guessed from keys that only resemble a trip', async () => {
    await dynamodb.call('PutItem', { TableName, Item: key('request', 'any') }, OUTSIDE);
    const query = partition(key('request', 'any').pk, {
      KeyConditionExpression: '#s = :s AND #p = :p',
      ExpressionAttributeNames: { '#p': 'pk', '#s': 'sk' },
      ExpressionAttributeValues: { ':p': key('request', 'any').pk, ':s': { S: 'X' } },
    });

    expect(await verdict(physical('close-booking'), 'Query', query)).toBe('denied');
  });
});
