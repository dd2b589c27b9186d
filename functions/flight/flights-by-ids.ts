import { batchGet } from '#functions/shared/aws/batch-get.ts';
import type { Table } from '#functions/shared/aws/table.ts';
import { keys } from '#schema/table.ts';
import type { Flight } from './flight-catalog.ts';
import { flightAttributes, flightOf } from './flight-item.ts';

/** The flights that exist, by id. */
export async function flightsByIds(table: Table, ids: readonly string[]): Promise<ReadonlyMap<string, Flight>> {
  const wanted = { ProjectionExpression: flightAttributes.join(', ') };
  const items = await batchGet(
    table,
    [...new Set(ids)].map((id) => keys.flightInventory(id)),
    wanted,
  );
  return new Map(items.map(flightOf).map((flight) => [flight.id, flight]));
}
