import type { Ports } from '../ports.ts';
import type { Database } from './database.ts';
import { type Input, type Output, tableNameOf } from './request.ts';
import type { Item } from './values.ts';

/** AWS leaves items alone whose expiry lies more than five years back: it takes the number for something else. */
const oldestSeconds = 5 * 365 * 24 * 3600;
const sweepEveryMs = 60_000;

function isExpired(item: Item, attribute: string, nowSeconds: number): boolean {
  const expiry = Number(Object.hasOwn(item, attribute) ? item[attribute]?.N : undefined);
  return expiry <= nowSeconds && expiry > nowSeconds - oldestSeconds;
}

/** Removes every item whose time to live is over, and its index entries. Gives the number of items removed. */
export function sweepExpired(database: Database, nowMs: number): number {
  let removed = 0;
  for (const [name, attribute] of database.ttl) {
    const table = database.table(name);
    for (const [key, before] of table.items.entries()) {
      if (!isExpired(before, attribute, nowMs / 1000) || database.contention.isOngoing(`${name}/${key}`)) continue;
      database.commit([{ table, key, before, after: undefined }]);
      removed += 1;
    }
  }
  return removed;
}

/** Sweeps once a minute. Gives the function that stops it. */
export function sweepRegularly(database: Database, { clock, scheduler }: Ports): () => void {
  let cancel = (): void => {};
  const schedule = (): void => {
    cancel = scheduler.inBackground(sweepEveryMs, () => {
      schedule();
      try {
        sweepExpired(database, clock.now());
      } catch (error) {
        process.emitWarning(`DynamoDB's sweep of expired items failed: ${error}`);
      }
    });
  };
  schedule();
  return () => cancel();
}

export function describeTimeToLive(input: Input, database: Database): Output {
  const name = tableNameOf(input);
  database.table(name, true);
  const attribute = database.ttl.get(name);
  return {
    TimeToLiveDescription:
      attribute === undefined
        ? { TimeToLiveStatus: 'DISABLED' }
        : { TimeToLiveStatus: 'ENABLED', AttributeName: attribute },
  };
}
