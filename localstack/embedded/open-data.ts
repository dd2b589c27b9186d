import { createDynamoDb, type DynamoDb } from './dynamodb/index.ts';
import type { Observe } from './observer.ts';
import type { Ports } from './ports.ts';
import { openStore, type Store } from './store/index.ts';
import type { Authorize, Closable, Stack } from './types.ts';

export interface Data extends Closable {
  readonly dynamodb: DynamoDb;
  /** Where services keep their records; in the folder, where there is one. */
  readonly store: Store;
}

interface DataOptions {
  readonly authorize: Authorize;
  readonly dataFolder?: string | undefined;
  readonly transactionMs?: number | undefined;
  readonly ports: Ports;
  readonly observe: Observe;
}

/** The store, and the stack's tables in it. @throws Error that names the folder and what to do */
export async function openData(stack: Stack, options: DataOptions): Promise<Data> {
  const { authorize, dataFolder, ports, observe } = options;
  // A turn at least, so that requests which meet conflict as on AWS.
  const { transactionMs = 0 } = options;
  const { region, accountId } = stack;
  const store = openStore(dataFolder);
  try {
    const dynamodb = createDynamoDb({
      tables: stack.resources('aws_dynamodb_table'),
      items: stack.resources('aws_dynamodb_table_item'),
      environment: { region, accountId },
      authorize,
      store,
      ports,
      transactionMs,
      observe,
    });
    return {
      dynamodb,
      store,
      async close() {
        await dynamodb.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
