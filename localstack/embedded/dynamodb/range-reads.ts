import { consumed, readUnits, type Units, unitsOfRead } from './capacity.ts';
import type { Database } from './database.ts';
import { validationError } from './errors.ts';
import { matches } from './expressions/conditions.ts';
import { RequestExpressions } from './expressions/request-expressions.ts';
import type { Node } from './expressions/syntax.ts';
import { itemBytes } from './item-size.ts';
import { type KeyRange, rangeOf } from './key-conditions.ts';
import { type Input, numberOf, type Output, refuseLegacy, tableNameOf, textOf } from './request.ts';
import { type IndexSchema, namesOf } from './schema.ts';
import { headsOf, indexed, refuseUnprojectedFilter, shower } from './select.ts';
import type { Table } from './table.ts';
import { checkedItem, type Item } from './values.ts';

/** Of the items that are read, filtered or not. */
const mostBytes = 1024 * 1024;

interface Source {
  readonly table: Table;
  readonly index: IndexSchema | undefined;
}

interface Walk extends Source {
  readonly range: KeyRange | undefined;
  readonly reverse: boolean;
  readonly limit: number | undefined;
  readonly startKey: string | undefined;
  /** Whether an item belongs to the segment of a parallel scan. */
  readonly isWanted: (key: string) => boolean;
}

export function queryItems(input: Input, database: Database): Output {
  const source = sourceOf(input, database);
  const expressions = new RequestExpressions(input, [...shared, 'KeyConditionExpression']);
  const condition = expressions.condition('KeyConditionExpression');
  if (condition === undefined) {
    throw validationError(
      'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
    );
  }
  const { schema } = source.table;
  const keys = source.index ?? schema;
  const filter = expressions.condition('FilterExpression');
  const range = rangeOf(condition, keys, schema.types);
  if (filter !== undefined) refuseKeys(filter, namesOf(keys));
  return read(input, { ...source, range }, expressions, { filter, reverse: input.ScanIndexForward === false });
}

export function scanItems(input: Input, database: Database): Output {
  const source = sourceOf(input, database);
  const expressions = new RequestExpressions(input, shared);
  const filter = expressions.condition('FilterExpression');
  return read(input, { ...source, range: undefined }, expressions, { filter, reverse: false });
}

const shared = ['ProjectionExpression', 'FilterExpression'];

function sourceOf(input: Input, database: Database): Source {
  refuseLegacy(input);
  const table = database.table(tableNameOf(input));
  if ((input.IndexName ?? undefined) === undefined) return { table, index: undefined };
  const name = textOf(input, 'IndexName');
  const index = table.schema.indexes.find((one) => one.name === name);
  if (index === undefined) throw validationError(`The table does not have the specified index: ${name}`);
  if (input.ConsistentRead === true && !index.isLocal) {
    throw validationError('Consistent reads are not supported on global secondary indexes');
  }
  return { table, index };
}

function read(
  input: Input,
  source: Source & Pick<Walk, 'range'>,
  expressions: RequestExpressions,
  { filter, reverse }: { filter: Node | undefined; reverse: boolean },
): Output {
  const paths = expressions.projection();
  expressions.assertAllUsed();
  if (filter !== undefined) refuseUnprojectedFilter(source.index, filter);
  const show = shower(input, source.index, paths);
  const limit = numberOf(input, 'Limit', 1);
  const startKey = startKeyOf(input, source);
  const walk = { ...source, reverse, limit, startKey, isWanted: segmentOf(input) };
  const { items, last, bytes } = walkOver(walk);
  const seen = source.index?.isLocal === false ? items.map((item) => indexed(item, source.index)) : items;
  const found = filter === undefined ? seen : seen.filter((item) => matches(filter, item));
  const units = () => unitsOfRange(source, readUnits(bytes, input.ConsistentRead === true));
  return {
    ...(show === undefined ? {} : { Items: found.map(show) }),
    Count: found.length,
    ScannedCount: items.length,
    ...(last === undefined ? {} : { LastEvaluatedKey: source.table.keyAttributes(last, source.index) }),
    ...consumed(input, units),
  };
}

function unitsOfRange({ table: { schema }, index }: Source, units: number): Units {
  if (index === undefined) return unitsOfRead(schema.name, units);
  return { table: schema.name, own: 0, ofIndexes: [[index, units]] };
}

function walkOver({ table, index, range, reverse, limit, startKey, isWanted }: Walk) {
  const behind = startKey === undefined ? undefined : `${startKey}\0`;
  const from = reverse ? range?.from : (behind ?? range?.from);
  const to = reverse ? (startKey ?? range?.to) : range?.to;
  const items: Item[] = [];
  let [bytes, last]: [number, Item | undefined] = [0, undefined];
  for (const [key, item] of table.entries(index, { from, to, reverse })) {
    if (!isWanted(key)) continue;
    items.push(item);
    bytes += itemBytes(item);
    // Also behind the very last item: AWS has not looked further.
    if (items.length !== limit && bytes < mostBytes) continue;
    last = item;
    break;
  }
  return { items, last, bytes };
}

function startKeyOf(input: Input, { table, index, range }: Source & Pick<Walk, 'range'>): string | undefined {
  const given = input.ExclusiveStartKey ?? undefined;
  if (given === undefined) return undefined;
  const start = checkedItem(given);
  const own = table.keyAttributes(start, index);
  const names = new Set([...namesOf(table.schema), ...(index ? namesOf(index) : [])]);
  if (Object.keys(own).length !== names.size || Object.keys(start).length !== names.size) {
    throw validationError('The provided starting key is invalid');
  }
  const key = table.keyOf(table.keyAttributes(start));
  table.checkIndexKeys(start, false);
  const text = index === undefined ? key : table.indexKey(start, index, key);
  if (text === undefined) throw validationError('The provided starting key is invalid');
  if (range !== undefined && (text < range.from || text >= range.to)) {
    throw validationError('The provided starting key is outside query boundaries based on provided conditions');
  }
  return text;
}

/** A parallel scan's segments part the table by the partition keys. */
function segmentOf(input: Input): Walk['isWanted'] {
  const [segment, total] = [numberOf(input, 'Segment', 0, 999_999), numberOf(input, 'TotalSegments', 1, 1_000_000)];
  if (segment === undefined && total === undefined) return () => true;
  if (segment === undefined || total === undefined) {
    const [missing, given] = segment === undefined ? ['Segment', 'TotalSegments'] : ['TotalSegments', 'Segment'];
    throw validationError(
      `The ${missing} parameter is required but was not present in the request when parameter ${given} is present`,
    );
  }
  if (segment >= total) {
    throw validationError(
      `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${segment} is not less than TotalSegments: ${total}`,
    );
  }
  return (key) => {
    let hash = 0;
    const end = key.indexOf('\0\x01');
    for (let at = 0; at < end; at += 1) hash = (Math.imul(hash, 31) + key.charCodeAt(at)) >>> 0;
    return hash % total === segment;
  };
}

function refuseKeys(filter: Node, names: readonly string[]): void {
  const key = [...headsOf(filter)].find((name) => names.includes(name));
  if (key === undefined) return;
  throw validationError(`Filter Expression can only contain non-primary key attributes: Primary key attribute: ${key}`);
}
