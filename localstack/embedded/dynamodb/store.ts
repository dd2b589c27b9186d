import db, {
  type Callback,
  type Item,
  type Level,
  type LevelOperation,
  type LevelSnapshot,
  type TableDescription,
} from 'dynalite/db/index.js';
import type { Happening, Observe } from '../observer.ts';
import { type Ports, systemPorts } from '../ports.ts';
import { Contention } from './contention.ts';
import { asAwsError, tableNotFound } from './errors.ts';
import { Locks } from './locks.ts';
import { ValueStream } from './value-stream.ts';

export const itemPrefix = (table: string): string => `item-${table}~`;
export const indexPrefix = (type: string, table: string, index: string): string =>
  `index-${type.toLowerCase()}~${table}~${index}~`;
const TABLE_PREFIX = 'table~';
const TTL_PREFIX = 'ttl~';

/** Every key that begins with `prefix`; keys are ASCII behind it. */
export const within = (prefix: string): { gte: string; lt: string } => ({ gte: prefix, lt: `${prefix}\xff` });

/**
 * Dynalite's LevelDB (or its memory twin) with tables cached, items read synchronously and all writes of a request as one
 * batch: a kill between an item and its index entries, which dynalite's own store allows, cannot happen.
 */
export class Store {
  readonly locks = new Locks();
  readonly contention: Contention;
  readonly tables = new Map<string, TableDescription>();
  /** Table name → name of the attribute that holds an item's expiry (epoch seconds). */
  readonly ttl = new Map<string, string>();
  readonly options: { readonly maxItemSize: number };
  readonly level: Level;

  readonly #observe: Observe | undefined;

  constructor(
    path: string | undefined,
    {
      observe,
      ports = systemPorts,
      transactionMs = 0,
    }: { observe?: Observe | undefined; ports?: Ports; transactionMs?: number } = {},
  ) {
    this.contention = new Contention(ports.scheduler, transactionMs);
    this.#observe = observe;
    const created = db.create({
      ...(path === undefined ? {} : { path }),
      createTableMs: 0,
      deleteTableMs: 0,
      updateTableMs: 0,
    });
    this.level = created.db;
    this.options = created.options;
  }

  async open(): Promise<void> {
    await this.level.open();
    for await (const [key, table] of this.level.iterator(within(TABLE_PREFIX))) {
      this.tables.set(key.slice(TABLE_PREFIX.length), table as TableDescription);
    }
    for await (const [key, attribute] of this.level.iterator(within(TTL_PREFIX))) {
      this.ttl.set(key.slice(TTL_PREFIX.length), attribute as string);
    }
  }

  table(name: string, named = false): TableDescription {
    const table = this.tables.get(name);
    if (table === undefined) throw asAwsError(tableNotFound(name, named));
    return table;
  }

  /** Name of the attribute that holds the partition key of a table, or of one of its indexes; undefined where there is none. */
  hashKeyOf(name: string, index?: string): string | undefined {
    const table = this.tables.get(name);
    const indexes = [...(table?.GlobalSecondaryIndexes ?? []), ...(table?.LocalSecondaryIndexes ?? [])];
    const schema = index === undefined ? table : indexes.find(({ IndexName }) => IndexName === index);
    return schema?.KeySchema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName;
  }

  item(table: string, key: string, snapshot?: LevelSnapshot): Item | undefined {
    return this.level.getSync(itemPrefix(table) + key, snapshot === undefined ? undefined : { snapshot }) as
      | Item
      | undefined;
  }

  async commit(operations: readonly LevelOperation[]): Promise<void> {
    if (operations.length === 0) return;
    const changes = this.#observe === undefined ? [] : this.#changesOf(operations);
    await this.level.batch(operations);
    for (const change of changes) this.#observe?.(change);
  }

  /** Before the batch, while the store still has the items as they were. */
  #changesOf(operations: readonly LevelOperation[]): Happening[] {
    return operations.flatMap((operation): Happening[] => {
      const [, name] = /^item-([^~]+)~/.exec(operation.key) ?? [];
      const table = name === undefined ? undefined : this.tables.get(name);
      if (table === undefined) return [];
      const before = this.level.getSync(operation.key) as Item | undefined;
      const after = operation.type === 'put' ? (operation.value as Item) : undefined;
      const holder = after ?? before;
      if (holder === undefined) return [];
      const key = Object.fromEntries(table.KeySchema.map(({ AttributeName: part }) => [part, holder[part]]));
      return [{ type: 'itemChanged', table: table.TableName, key, before, after }];
    });
  }

  async saveTable(table: TableDescription): Promise<void> {
    this.tables.set(table.TableName, table);
    await this.commit([{ type: 'put', key: TABLE_PREFIX + table.TableName, value: table }]);
  }

  async saveTtl(table: string, attribute: string | undefined): Promise<void> {
    const key = TTL_PREFIX + table;
    if (attribute === undefined) this.ttl.delete(table);
    else this.ttl.set(table, attribute);
    await this.commit([attribute === undefined ? { type: 'del', key } : { type: 'put', key, value: attribute }]);
  }

  async removeTable({ TableName: name }: TableDescription): Promise<void> {
    this.tables.delete(name);
    this.ttl.delete(name);
    // The description goes first: a kill halfway leaves unreachable items, never a table with half of its items.
    await this.commit([
      { type: 'del', key: TABLE_PREFIX + name },
      { type: 'del', key: TTL_PREFIX + name },
    ]);
    for (const prefix of [itemPrefix(name), `index-global~${name}~`, `index-local~${name}~`, `tag-${name}~`]) {
      await this.level.clear(within(prefix));
    }
  }

  /** The store as dynalite's reading actions want it. `startSuffix` completes the index key that a page starts after. */
  reader(startSuffix = '', forward = true): Record<string, unknown> {
    const values = (prefix: string, suffix: string) => (range: Record<string, unknown>) =>
      new ValueStream(this.level, prefix, range, suffix, forward);
    return {
      options: this.options,
      getTable: (name: string, check: boolean | Callback, callback?: Callback) => {
        const done = typeof check === 'function' ? check : callback;
        const table = this.tables.get(name);
        if (table === undefined) done?.(tableNotFound(name, check === false));
        else done?.(null, table);
      },
      getItemDb: (name: string) => ({
        get: (key: string, callback: Callback) => callback(null, this.item(name, key)),
        createValueStream: values(itemPrefix(name), ''),
      }),
      getIndexDb: (type: string, table: string, index: string) => ({
        createValueStream: values(indexPrefix(type, table, index), startSuffix),
      }),
    };
  }
}
