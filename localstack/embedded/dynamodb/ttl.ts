import db, { type Item, type LevelOperation } from 'dynalite/db/index.js';
import describeValidation from 'dynalite/validations/describeTimeToLive.js';
import type { Ports } from '../ports.ts';
import { validated } from './actions.ts';
import { validationError } from './errors.ts';
import { itemPrefix, type Store, within } from './store.ts';
import { locate, stage } from './writes.ts';

type Input = Readonly<Record<string, unknown>>;

/** AWS leaves items alone whose expiry lies more than five years back: it takes the number for something else. */
const OLDEST_SECONDS = 5 * 365 * 24 * 3600;
const SWEEP_EVERY_MS = 60_000;

function isExpired(item: Item, attribute: string, nowSeconds: number): boolean {
  const expiry = Number(Object.hasOwn(item, attribute) ? item[attribute]?.N : undefined);
  return expiry <= nowSeconds && expiry > nowSeconds - OLDEST_SECONDS;
}

/** Removes every item whose time to live is over, and its index entries. Gives the number of items removed. */
export async function sweepExpired(store: Store, nowMs: number): Promise<number> {
  let removed = 0;
  for (const [name, attribute] of store.ttl) {
    for await (const value of store.level.values(within(itemPrefix(name)))) {
      if (isExpired(value as Item, attribute, nowMs / 1000)) {
        removed += await removeIfExpired(name, attribute, value as Item, nowMs / 1000, store);
      }
    }
  }
  return removed;
}

async function removeIfExpired(name: string, attribute: string, item: Item, nowSeconds: number, store: Store) {
  const table = store.tables.get(name);
  if (table === undefined) return 0;
  const keys = table.KeySchema.map(({ AttributeName: key }) => [key, item[key]]);
  const request = { TableName: name, Key: Object.fromEntries(keys) };
  const write = locate({ kind: 'DeleteItem', request: request as never, returnsItemOnFailure: false }, store);
  if (store.contention.isOngoing(write.lockKey)) return 0;
  return store.locks.hold([write.lockKey], async () => {
    // A writer may have prolonged its life since the sweep saw it.
    const current = store.item(name, db.createKey(request.Key, table));
    if (current === undefined || !isExpired(current, attribute, nowSeconds)) return 0;
    const operations: LevelOperation[] = [];
    await stage(write, store, operations);
    await store.commit(operations);
    return 1;
  });
}

/** Sweeps once a minute. Gives the function that stops it. */
export function sweepRegularly(store: Store, { clock, scheduler }: Ports): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  let cancel = (): void => {};
  const schedule = (): void => {
    cancel = scheduler.inBackground(SWEEP_EVERY_MS, () => {
      schedule();
      running = running.then(() => sweepExpired(store, clock.now()));
      running.catch((error) => process.emitWarning(`DynamoDB's sweep of expired items failed: ${error}`));
    });
  };
  schedule();
  return async () => {
    cancel();
    await running.catch(() => undefined);
  };
}

export function describeTimeToLive(input: Input, store: Store): Record<string, unknown> {
  const { TableName: name } = validated(describeValidation, input, store);
  store.table(name, true);
  const attribute = store.ttl.get(name);
  return {
    TimeToLiveDescription:
      attribute === undefined
        ? { TimeToLiveStatus: 'DISABLED' }
        : { TimeToLiveStatus: 'ENABLED', AttributeName: attribute },
  };
}

export async function updateTimeToLive(input: Input, store: Store): Promise<Record<string, unknown>> {
  const { TableName: name } = validated(describeValidation, input, store);
  store.table(name, true);
  const specification = input.TimeToLiveSpecification as { Enabled?: boolean; AttributeName?: string } | undefined;
  const { AttributeName: attribute, Enabled: enabled } = specification ?? {};
  if (typeof attribute !== 'string' || attribute === '' || typeof enabled !== 'boolean') {
    throw validationError('TimeToLiveSpecification must have Enabled (boolean) and AttributeName (not empty)');
  }
  const current = store.ttl.get(name);
  if (enabled === (current !== undefined)) {
    throw validationError(`TimeToLive is already ${enabled ? 'enabled' : 'disabled'}`);
  }
  await store.saveTtl(name, enabled ? attribute : undefined);
  return { TimeToLiveSpecification: { Enabled: enabled, AttributeName: attribute } };
}
