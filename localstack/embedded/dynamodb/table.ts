import type { Collection, Range } from '../store/index.ts';
import { OrderedMap } from '../store/ordered-map.ts';
import { invalidParameter, refuseEmptyKey, validationError } from './errors.ts';
import { keyText } from './key-text.ts';
import { type IndexSchema, type KeySchema, namesOf, type TableSchema } from './schema.ts';
import { type AttributeValue, attribute, type Item, setAttribute, typeOf } from './values.ts';

/** An item that a request puts in the place of another one; undefined where there is none. */
export interface Write {
  readonly table: Table;
  readonly key: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** A table's items by their keys' texts, and its indexes, which are made anew at each start. */
export class Table {
  readonly schema: TableSchema;
  readonly items: Collection<Item>;
  readonly #indexes: ReadonlyMap<string, OrderedMap<Item>>;

  constructor(schema: TableSchema, items: Collection<Item>) {
    this.schema = schema;
    this.items = items;
    this.#indexes = new Map(schema.indexes.map(({ name }) => [name, new OrderedMap<Item>()]));
    for (const [key, after] of items.entries()) this.index({ table: this, key, before: undefined, after });
  }

  /** Items of the table, or those that an index has, whole, in the order of its key. */
  entries(index: IndexSchema | undefined, range: Range): Iterable<[key: string, item: Item]> {
    return index === undefined
      ? this.items.entries(range)
      : (this.#indexes.get(index.name) as OrderedMap<Item>).entries(range);
  }

  /** To be called behind the change of `items`. */
  index({ key, before, after }: Write): void {
    for (const index of this.schema.indexes) {
      const entries = this.#indexes.get(index.name) as OrderedMap<Item>;
      const old = before && this.indexKey(before, index, key);
      const fresh = after && this.indexKey(after, index, key);
      if (old !== undefined && old !== fresh) entries.delete(old);
      if (fresh !== undefined && after !== undefined) entries.set(fresh, after);
    }
  }

  /** Items of one index key are told apart by the table's; undefined for an item that is not in the index. */
  indexKey(item: Item, { hash, range }: KeySchema, key: string): string | undefined {
    const text = this.#keyText(item, { hash, range });
    return text === undefined ? undefined : text + key;
  }

  /** @throws ValidationException where the item has no key, or an index key of another type */
  keyOfItem(item: Item): string {
    for (const name of namesOf(this.schema)) {
      const value = attribute(item, name);
      if (value === undefined) throw invalidParameter(`Missing the key ${name} in the item`);
      const [expected, actual] = [this.schema.types[name], typeOf(value)];
      if (actual !== expected) {
        throw invalidParameter(`Type mismatch for key ${name} expected: ${expected} actual: ${actual}`);
      }
    }
    this.checkIndexKeys(item, false);
    return this.#checkedKey(item);
  }

  /** Of a request's `Key`. @throws ValidationException where it is not the table's */
  keyOf(key: Item): string {
    const names = namesOf(this.schema);
    const fits = names.every((name) => {
      const value = attribute(key, name);
      return value !== undefined && typeOf(value) === this.schema.types[name];
    });
    if (!fits || Object.keys(key).length !== names.length) {
      throw validationError('The provided key element does not match the schema');
    }
    return this.#checkedKey(key);
  }

  /** The attributes of the key, of an index's, too. */
  keyAttributes(item: Item, index?: KeySchema): Item {
    const key: Record<string, AttributeValue> = {};
    for (const name of [...namesOf(this.schema), ...(index ? namesOf(index) : [])]) {
      const value = attribute(item, name);
      if (value !== undefined) setAttribute(key, name, value);
    }
    return key;
  }

  checkIndexKeys(item: Item, isUpdate: boolean): void {
    for (const index of this.schema.indexes) {
      for (const name of namesOf(index)) {
        const value = attribute(item, name);
        if (value !== undefined) {
          checkIndexKey(value, { name, index: index.name, type: this.schema.types[name], isUpdate });
          checkLength(value, name === index.range);
        }
      }
    }
  }

  #checkedKey(item: Item): string {
    for (const name of namesOf(this.schema)) {
      const value = item[name] as AttributeValue;
      refuseEmptyKey(value, name);
      checkLength(value, name === this.schema.range);
    }
    return this.#keyText(item, this.schema) as string;
  }

  #keyText(item: Item, { hash, range }: KeySchema): string | undefined {
    const hashValue = attribute(item, hash);
    if (hashValue === undefined) return undefined;
    if (range === undefined) return keyText(hashValue);
    const rangeValue = attribute(item, range);
    return rangeValue === undefined ? undefined : keyText(hashValue) + keyText(rangeValue);
  }
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
function checkLength({ S, B }: AttributeValue, isRange: boolean): void {
  const bytes = B === undefined ? Buffer.byteLength(S ?? '') : Buffer.byteLength(B, 'base64');
  if (bytes <= (isRange ? 1024 : 2048)) return;
  throw invalidParameter(
    isRange
      ? 'Aggregated size of all range keys has exceeded the size limit of 1024 bytes'
      : 'Size of hashkey has exceeded the maximum size limit of2048 bytes',
  );
}

interface IndexKey {
  readonly name: string;
  readonly index: string;
  readonly type: string | undefined;
  readonly isUpdate: boolean;
}

function checkIndexKey(value: AttributeValue, { name, index, type, isUpdate }: IndexKey): void {
  const actual = typeOf(value);
  if (actual !== type) {
    throw invalidParameter(
      isUpdate
        ? `The update expression attempted to update the secondary index key to unsupported type. Type mismatch for Index Key ${name} Expected: ${type} Actual: ${actual} IndexName: ${index}`
        : `Type mismatch for Index Key ${name} Expected: ${type} Actual: ${actual} IndexName: ${index}`,
    );
  }
  const what = 'The update expression attempted to update a secondary index key to a value that is not supported';
  refuseEmptyKey(value, name, index, isUpdate ? what : undefined);
}
