import { writeUnits } from './capacity.ts';
import type { Database } from './database.ts';
import { itemBytes } from './item-size.ts';
import type { Input } from './request.ts';
import { withTableNames } from './table-names.ts';
import { elementsOf } from './transaction-input.ts';
import { writeKinds } from './transactions.ts';
import { locate, prepare, type WriteKind } from './writes.ts';

const alone: ReadonlySet<string> = new Set<WriteKind>(['PutItem', 'UpdateItem', 'DeleteItem']);

/**
 * Write units that a write takes although its condition refused it: by the item that is there, or by the one that was to be put, if
 * that is larger. To be asked in the turn of the refusal.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function refusedUnits(operation: string, input: Input, database: Database): number {
  const named = withTableNames(input);
  if (alone.has(operation)) return unitsOf(operation as WriteKind, named, database);
  if (operation !== 'TransactWriteItems') return 0;
  return elementsOf(named.TransactItems, Object.keys(writeKinds)).reduce(
    (sum, { kind, input: element }) => sum + 2 * unitsOf(writeKinds[kind] as WriteKind, element, database),
    0,
  );
}

function unitsOf(kind: WriteKind, input: Input, database: Database): number {
  const { table, key, item } = locate(prepare(kind, input), database);
  return writeUnits(Math.max(itemBytes(table.items.get(key)), itemBytes(item)));
}
