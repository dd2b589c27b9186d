import { OUTSIDE } from '#embedded/index.ts';
import { createDynamoDb, createStore, createVirtualTime, type DynamoDb } from '#embedded/testing.ts';
import type { Disk, Rewrite } from './disk.ts';
import { stack, tableName } from './stack.ts';

/** A read of the table, in AWS JSON. */
export interface ReadRequest {
  readonly operation: string;
  readonly body: string;
}

/** @returns what it answered before the last so many writes that change its answer; undefined where there were fewer */
export type FormerAnswer = (read: ReadRequest, writes: number) => Promise<object | undefined>;

const collection = `items of ${tableName}`;

/**
 * What an eventually consistent read may answer: the table, or the index that it reads, as it was some writes ago. It is asked of
 * a copy that goes back write by write, so the service's own table sees nothing of it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.ReadConsistency.html
 */
export const formerAnswers =
  (disk: Disk): FormerAnswer =>
  async ({ operation, body }, writes) => {
    const copy = copyOf(disk);
    const read = async (): Promise<object> => copy.call(operation, JSON.parse(body), OUTSIDE);
    let answer = await read();
    let changes = 0;
    for (const rewrites of disk.rewrites(collection)) {
      for (const rewrite of rewrites) await takeBack(rewrite, copy);
      const former = await read();
      if (JSON.stringify(former) !== JSON.stringify(answer)) changes += 1;
      if (changes === writes) return former;
      answer = former;
    }
    return undefined;
  };

function copyOf(disk: Disk): DynamoDb {
  const store = createStore({
    load: () => disk.present(collection),
    write() {},
    async close() {},
  });
  const environment = { region: stack.region, accountId: stack.accountId };
  const tables = stack.resources('aws_dynamodb_table');
  return createDynamoDb({ tables, environment, authorize: () => {}, store, ports: createVirtualTime() });
}

async function takeBack({ before, after }: Rewrite, copy: DynamoDb): Promise<void> {
  if (before !== undefined) await copy.call('PutItem', { TableName: tableName, Item: before }, OUTSIDE);
  else if (after !== undefined) {
    const { pk, sk } = after as Record<string, unknown>;
    await copy.call('DeleteItem', { TableName: tableName, Key: { pk, sk } }, OUTSIDE);
  }
}
