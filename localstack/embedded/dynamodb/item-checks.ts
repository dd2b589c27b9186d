import type { AttributeValue, Item, TableDescription } from 'dynalite/db/index.js';
import { validationError } from './errors.ts';

/** What dynalite leaves unchecked of an item that is about to be stored. Throws ValidationException. */
export function checkItem(item: Item, table: TableDescription, maxBytes: number, isUpdate: boolean): void {
  if (itemBytes(item) > maxBytes) {
    throw validationError(`Item size ${isUpdate ? 'to update ' : ''}has exceeded the maximum allowed size`);
  }
  for (const indexes of [table.GlobalSecondaryIndexes, table.LocalSecondaryIndexes]) {
    for (const { IndexName, KeySchema } of indexes ?? []) {
      for (const { AttributeName: name } of KeySchema) {
        const value = item[name];
        if (value?.S !== '' && value?.B !== '') continue;
        const type = value.S === '' ? 'string' : 'binary';
        throw validationError(
          `One or more parameter values are not valid. ${isUpdate ? 'The update expression attempted to update a secondary index key to a value that is not supported' : 'A value specified for a secondary index key is not supported'}. The AttributeValue for a key attribute cannot contain an empty ${type} value. IndexName: ${IndexName}, IndexKey: ${name}`,
        );
      }
    }
  }
}

/** An item's size by AWS's rules: names and strings in UTF-8 (dynalite counts characters), three bytes and one an element for lists and maps. */
export function itemBytes(item: Item): number {
  let sum = 0;
  for (const name in item) sum += Buffer.byteLength(name) + valueBytes(item[name] as AttributeValue);
  return sum;
}

function valueBytes({ S, N, B, SS, NS, BS, L, M }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return numberBytes(N);
  if (B !== undefined) return Buffer.byteLength(B, 'base64');
  if (SS !== undefined) return total(SS, (member) => Buffer.byteLength(member));
  if (NS !== undefined) return total(NS, numberBytes);
  if (BS !== undefined) return total(BS, (member) => Buffer.byteLength(member, 'base64'));
  if (L !== undefined) return 3 + L.length + total(L, valueBytes);
  return M === undefined ? 1 : 3 + Object.keys(M).length + itemBytes(M);
}

/** Two digits a byte, and one for sign and exponent; AWS calls its own figure approximate. */
const numberBytes = (number: string): number => 1 + Math.ceil(number.length / 2);

function total<T>(members: readonly T[], bytesOf: (member: T) => number): number {
  let sum = 0;
  for (const member of members) sum += bytesOf(member);
  return sum;
}
