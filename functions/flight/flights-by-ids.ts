import { setTimeout as sleep } from 'node:timers/promises';
import { BatchGetCommand, type BatchGetCommandInput, type BatchGetCommandOutput } from '@aws-sdk/lib-dynamodb';
import type { Table } from '#functions/shared/table.ts';
import { keys } from '#schema/table.ts';
import type { Flight } from './flight-catalog.ts';
import { flightAttributes, flightOf } from './flight-item.ts';

/** BatchGetItem's own limit. */
const maxKeys = 100;
/** Keys come back unprocessed when a table is throttled or the answer passes 16 MB; a request does not wait for ever. */
const maxTries = 6;
const firstDelayMs = 10;

/** The flights that exist, by id: one BatchGetItem for each hundred, and what it leaves over asked again. */
export async function flightsByIds(table: Table, ids: readonly string[]): Promise<ReadonlyMap<string, Flight>> {
  const distinct = [...new Set(ids)];
  const chunks = Array.from({ length: Math.ceil(distinct.length / maxKeys) }, (_, chunk) =>
    distinct.slice(chunk * maxKeys, (chunk + 1) * maxKeys),
  );
  const flights = (await Promise.all(chunks.map((chunk) => readChunk(table, chunk)))).flat();
  return new Map(flights.map((flight) => [flight.id, flight]));
}

async function readChunk({ client, name }: Table, ids: readonly string[]): Promise<Flight[]> {
  const found: Flight[] = [];
  let RequestItems: BatchGetCommandInput['RequestItems'] = {
    [name]: { Keys: ids.map((id) => keys.flightInventory(id)), ProjectionExpression: flightAttributes.join(', ') },
  };
  for (let tried = 1; ; tried += 1) {
    const answer: BatchGetCommandOutput = await client.send(new BatchGetCommand({ RequestItems }));
    const { Responses = {}, UnprocessedKeys = {} } = answer;
    for (const item of Responses[name] ?? []) found.push(flightOf(item));
    if (Object.keys(UnprocessedKeys).length === 0) return found;
    if (tried === maxTries) throw new Error(`Flights are still unprocessed after ${maxTries} reads`);
    RequestItems = UnprocessedKeys;
    // Full jitter: others were throttled at the same moment.
    await sleep(Math.random() * firstDelayMs * 2 ** tried);
  }
}
