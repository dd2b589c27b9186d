import type { Input, Output } from './request.ts';
import type { Write } from './table.ts';
import { attribute } from './values.ts';

/** Only tables with local indexes have item collections. All that is here is less than a gigabyte. */
function metricsOf({ table: { schema }, before, after }: Write): Output[] {
  const item = after ?? before;
  if (item === undefined || !schema.indexes.some(({ isLocal }) => isLocal)) return [];
  return [{ ItemCollectionKey: { [schema.hash]: attribute(item, schema.hash) }, SizeEstimateRangeGB: [0, 1] }];
}

/** The answer's member, where the request asks for it. */
export function collectionMetrics({ ReturnItemCollectionMetrics: asked }: Input, write: Write): Output {
  const [ItemCollectionMetrics] = asked === 'SIZE' ? metricsOf(write) : [];
  return ItemCollectionMetrics === undefined ? {} : { ItemCollectionMetrics };
}

/** The same of calls that may be about several tables. */
export function collectionMetricsByTable(
  { ReturnItemCollectionMetrics: asked }: Input,
  writes: readonly Write[],
): Output {
  const found = asked === 'SIZE' ? writes.filter((write) => metricsOf(write).length > 0) : [];
  if (found.length === 0) return {};
  const byTable = [...Map.groupBy(found, ({ table }) => table.schema.name)];
  return { ItemCollectionMetrics: Object.fromEntries(byTable.map(([name, some]) => [name, some.flatMap(metricsOf)])) };
}
