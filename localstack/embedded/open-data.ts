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

/** The stack's tables, and the store beside them. @throws Error that names the folder and what to do */
export async function openData(stack: Stack, { authorize, folder, ports, observe }: DataOptions): Promise<Data> {
  const { region, accountId } = stack;
  const dynamodb = await createDynamoDb({
    tables: stack.resources('aws_dynamodb_table'),
    items: stack.resources('aws_dynamodb_table_item'),
    environment: { region, accountId },
    authorize,
    ports,
    observe,
    ...(folder === undefined ? {} : { path: folder }),
  }).catch((error: unknown) => {
    throw folder === undefined ? error : unusableFolder(folder, error);
  });
  try {
    // Behind the table's lock: no other process has the folder now.
    const store = openStore(folder);
    return {
      dynamodb,
      store,
      async close() {
        await store.close();
        await dynamodb.close();
      },
    };
  } catch (error) {
    await dynamodb.close();
    throw error;
  }
}

function unusableFolder(folder: string, error: unknown): Error {
  const { message, cause } = error as Error;
  const reason = cause instanceof Error ? `${message}: ${cause.message}` : message;
  return new Error(
    `The data folder ${folder} can't be used (${reason}). Another local cloud may have it open, or it is no folder that may be written to: choose another one with --data`,
    { cause: error },
  );
}
