import type { Observe } from '../observer.ts';
import type { Ports } from '../ports.ts';
import type { Collection, Store } from '../store/index.ts';
import type { Environment } from '../types.ts';
import { Contention } from './contention.ts';
import { tableNotFound } from './errors.ts';
import type { Succeeded } from './idempotency.ts';
import { schemaOf } from './schema.ts';
import { Table, type Write } from './table.ts';
import type { Item } from './values.ts';

/** A table as it is kept. */
export interface TableRecord {
  /** CreateTable's input. */
  readonly create: Readonly<Record<string, unknown>>;
  readonly id: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

interface DatabaseOptions {
  readonly store: Store;
  readonly environment: Environment;
  readonly ports: Ports;
  readonly transactionMs: number | undefined;
  readonly observe: Observe;
}

/** All tables. Nothing in it waits, so no lock is needed: a request reads, decides and writes within one turn. */
export class Database {
  readonly contention: Contention;
  readonly environment: Environment;
  readonly ports: Ports;
  /** Table name → name of the attribute that holds an item's expiry (epoch seconds). */
  readonly ttl = new Map<string, string>();
  readonly tables = new Map<string, Table>();
  readonly records: Collection<TableRecord>;
  /** Transactions that succeeded, by their ClientRequestTokens. */
  readonly tokens: Collection<Succeeded>;
  readonly #store: Store;
  readonly #observe: Observe;

  constructor({ store, environment, ports, transactionMs, observe }: DatabaseOptions) {
    this.#store = store;
    this.#observe = observe;
    this.environment = environment;
    this.ports = ports;
    this.contention = new Contention(ports.scheduler, transactionMs);
    this.records = store.collection('tables');
    this.tokens = store.collection('transaction tokens');
    for (const [name, { create }] of this.records.entries()) this.#open(name, create);
  }

  table(name: string, named = false): Table {
    const table = this.tables.get(name);
    if (table === undefined) throw tableNotFound(name, named);
    return table;
  }

  /** Creates the table, or gives one that is there other indexes. */
  define(name: string, create: TableRecord['create']): TableRecord {
    const { randomness, clock } = this.ports;
    const { id, createdAt } = this.records.get(name) ?? { id: randomness.uuid(), createdAt: clock.now() };
    const record = { create, id, createdAt };
    this.records.put(name, record);
    this.#open(name, create);
    return record;
  }

  drop(name: string): void {
    const { items } = this.table(name);
    this.#store.batch(() => {
      this.records.delete(name);
      for (const [key] of items.entries()) items.delete(key);
    });
    this.tables.delete(name);
    this.ttl.delete(name);
  }

  /** All of them and what `also` keeps or, where it throws, none. */
  commit(writes: readonly Write[], also?: () => void): void {
    const changes = writes.filter(({ before, after }) => before !== after);
    this.#store.batch(() => {
      for (const { table, key, after } of changes) {
        if (after === undefined) table.items.delete(key);
        else table.items.put(key, after);
      }
      also?.();
    });
    for (const change of changes) change.table.index(change);
    for (const { table, before, after } of changes) {
      const key = table.keyAttributes((after ?? before) as Item);
      this.#observe({ type: 'itemChanged', table: table.schema.name, key, before, after });
    }
  }

  #open(name: string, create: TableRecord['create']): void {
    this.tables.set(name, new Table(schemaOf(create), this.#store.collection(`items of ${name}`)));
  }
}
