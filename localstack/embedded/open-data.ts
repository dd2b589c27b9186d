import { createDynamoDb } from './dynamodb/index.ts';
import type { Observe } from './observer.ts';
import type { Ports } from './ports.ts';
import { openStore, type Store } from './store/index.ts';
import type { Authorize, AwsService, Closable, Stack } from './types.ts';

export interface Data extends Closable {
  readonly dynamodb: AwsService;
  /** Where services keep their records; in the folder, where there is one. */
  readonly store: Store;
}

interface DataOptions {
  readonly authorize: Authorize;
  readonly folder: string | undefined;
  readonly ports: Ports;
  readonly observe: Observe;
}

/** The store, and the stack's tables in it. @throws Error that names the folder and what to do */
export async function openData(stack: Stack, { authorize, folder, ports, observe }: DataOptions): Promise<Data> {
  const { region, accountId } = stack;
  const store = openStore(folder);
  try {
    const dynamodb = createDynamoDb({
      tables: stack.resources('aws_dynamodb_table'),
      items: stack.resources('aws_dynamodb_table_item'),
      environment: { region, accountId },
      authorize,
      store,
      ports,
      // At least a turn, so that requests which meet conflict as on AWS.
      transactionMs: 0,
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
