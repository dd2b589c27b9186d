import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createClient } from './aws-client.ts';
import { requiredText } from './config.ts';
import { DocumentClient } from './document-client.ts';

export interface Table {
  readonly client: DocumentClient;
  readonly name: string;
}

/** The table of this environment; called once, at load. */
export function bookingTable(): Table {
  return { client: new DocumentClient(createClient(DynamoDBClient)), name: requiredText('TABLE_NAME') };
}

export function isConditionalCheckFailed(error: unknown): error is Error & { Item?: Record<string, unknown> } {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}

/** What stands in an item that a write was refused for. */
export type RefusedItem = Readonly<Record<string, string | number | undefined>>;

/**
 * The item inside an error or a cancellation reason, which the document client does not unmarshall: its strings and
 * numbers as they are, anything else as undefined.
 */
export function refusedItem(item: Record<string, unknown> | undefined): RefusedItem {
  return Object.fromEntries(
    Object.entries(item ?? {}).map(([name, value]) => {
      if (typeof value === 'string' || typeof value === 'number') return [name, value];
      const { S, N } = value as { S?: string; N?: string };
      return [name, N === undefined ? S : Number(N)];
    }),
  );
}

/** A map of such an item, its strings and numbers alike; undefined where the item has none of this name. */
export function refusedMap(item: Record<string, unknown> | undefined, name: string): RefusedItem | undefined {
  const { M } = (item?.[name] ?? {}) as { M?: Record<string, unknown> };
  return M && refusedItem(M);
}

/** A conditional write's answer, or undefined where its condition failed. */
export async function unlessRefused<Answer>(write: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await write();
  } catch (error) {
    if (!isConditionalCheckFailed(error)) throw error;
    return undefined;
  }
}
