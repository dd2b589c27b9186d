import { isObject } from '../values.ts';
import { consumed, consumedByTable, readUnits, type Units, unitsOfRead } from './capacity.ts';
import type { Database } from './database.ts';
import { serializationError, validationError } from './errors.ts';
import { projected } from './expressions/projection.ts';
import { RequestExpressions } from './expressions/request-expressions.ts';
import type { Path } from './expressions/syntax.ts';
import { itemBytes } from './item-size.ts';
import { type Input, itemOf, type Output, refuseLegacy, requestItems, tableNameOf } from './request.ts';
import type { Table } from './table.ts';
import type { Item } from './values.ts';

interface ReadRequest {
  readonly tableName: string;
  readonly keyItem: Item;
  readonly paths: readonly Path[] | undefined;
}

interface LocatedRead extends ReadRequest {
  readonly table: Table;
  readonly key: string;
  readonly id: string;
}

/** @throws ValidationException */
export function prepareRead(input: Input): ReadRequest {
  refuseLegacy(input);
  const [tableName, keyItem] = [tableNameOf(input), itemOf(input, 'Key')];
  return { tableName, keyItem, paths: pathsOf(input) };
}

/** @throws ResourceNotFoundException, or ValidationException where the key is not the table's */
export function locateRead(request: ReadRequest, database: Database): LocatedRead {
  const { tableName, keyItem } = request;
  const table = database.table(tableName);
  const key = table.keyOf(keyItem);
  return { ...request, table, key, id: `${tableName}/${key}` };
}

function pathsOf(input: Input): Path[] | undefined {
  const expressions = new RequestExpressions(input, ['ProjectionExpression']);
  const paths = expressions.projection();
  expressions.assertAllUsed();
  return paths;
}

export function readItem(input: Input, database: Database): Output {
  const { tableName, table, key, paths } = locateRead(prepareRead(input), database);
  const item = table.items.get(key);
  const units = () => unitsOfRead(tableName, readUnits(itemBytes(item), input.ConsistentRead === true));
  return {
    ...(item === undefined ? {} : { Item: projected(item, paths) }),
    ...consumed(input, units),
  };
}

const mostKeys = 100;
const mostBytes = 16 * 1024 * 1024;

/** Up to 100 items, and 16 MB; the keys of the others are unprocessed. */
export function readBatch(input: Input, database: Database): Output {
  const tables = Object.entries(requestItems(input, 'BatchGetItem')).map(([tableName, request]) => {
    const keys = isObject(request) ? request.Keys : undefined;
    if (!Array.isArray(keys)) throw serializationError('RequestItems');
    refuseLegacy(request as Input);
    const [table, paths] = [database.table(tableName), pathsOf(request as Input)];
    const texts = keys.map((Key) => table.keyOf(itemOf({ Key }, 'Key')));
    if (new Set(texts).size < texts.length) throw validationError('Provided list of item keys contains duplicates');
    return { tableName, request: request as Input, keys, table, paths, texts };
  });
  if (tables.reduce((sum, { keys }) => sum + keys.length, 0) > mostKeys) {
    throw validationError('Too many items requested for the BatchGetItem call');
  }
  const [Responses, UnprocessedKeys]: [Record<string, Item[]>, Record<string, Input>] = [{}, {}];
  const units: Units[] = [];
  let bytes = 0;
  for (const { tableName, request, keys, table, paths, texts } of tables) {
    const items: Item[] = [];
    const left: unknown[] = [];
    for (const [index, text] of texts.entries()) {
      const item = table.items.get(text);
      const size = itemBytes(item);
      if (bytes + size > mostBytes) left.push(keys[index]);
      else if (item !== undefined) items.push(projected(item, paths));
      bytes += size;
      units.push(unitsOfRead(tableName, readUnits(size, request.ConsistentRead === true)));
    }
    Responses[tableName] = items;
    if (left.length > 0) UnprocessedKeys[tableName] = { ...request, Keys: left };
  }
  return { Responses, UnprocessedKeys, ...consumedByTable(input, () => units) };
}
