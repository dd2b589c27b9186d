import { setTimeout as sleep } from 'node:timers/promises';
import type { BatchGetCommandInput, BatchGetCommandOutput } from '@aws-sdk/lib-dynamodb';
import type { Key } from '#schema/table.ts';
import { BatchGetCommand } from './document-commands.ts';
import type { Table } from './table.ts';

/** BatchGetItem's own limit. */
const maxKeys = 100;
/** Keys come back unprocessed when a table is throttled or the answer passes 16 MB; a caller does not wait for ever. */
const maxTries = 6;
const firstDelayMs = 10;

type Item = Record<string, unknown>;
type Wanted = Omit<NonNullable<BatchGetCommandInput['RequestItems']>[string], 'Keys'>;

/**
 * The items that exist, in no order: one BatchGetItem for each hundred keys, and what it leaves over asked again.
 * @param itemKeys all different: BatchGetItem refuses a key that comes twice
 * @param wanted attributes, consistency
 */
export async function batchGet(table: Table, itemKeys: readonly Key[], wanted: Wanted): Promise<Item[]> {
  const chunks = Array.from({ length: Math.ceil(itemKeys.length / maxKeys) }, (_, chunk) =>
    itemKeys.slice(chunk * maxKeys, (chunk + 1) * maxKeys),
  );
  return (await Promise.all(chunks.map((chunk) => readChunk(table, chunk, wanted)))).flat();
}

async function readChunk({ client, name }: Table, itemKeys: readonly Key[], wanted: Wanted): Promise<Item[]> {
  const found: Item[] = [];
  let RequestItems: BatchGetCommandInput['RequestItems'] = { [name]: { ...wanted, Keys: [...itemKeys] } };
  for (let tried = 1; ; tried += 1) {
    const answer: BatchGetCommandOutput = await client.send(new BatchGetCommand({ RequestItems }));
    const { Responses = {}, UnprocessedKeys = {} } = answer;
    found.push(...(Responses[name] ?? []));
    if (Object.keys(UnprocessedKeys).length === 0) return found;
    if (tried === maxTries) throw new Error(`Keys are still unprocessed after ${maxTries} reads`);
    RequestItems = UnprocessedKeys;
    // Full jitter: others were throttled at the same moment.
    await sleep(Math.random() * firstDelayMs * 2 ** tried);
  }
}
