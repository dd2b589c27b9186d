import type { Observe } from '../observer.ts';
import { type Ports, systemPorts } from '../ports.ts';
import { notServed } from '../service.ts';
import type { Authorize, AwsService, Closable, Environment, StackResource } from '../types.ts';
import type { HashKeyOf } from './leading-keys.ts';
import { operations } from './operations.ts';
import { permissionsFor, tableArn } from './permissions.ts';
import { putStackItems } from './stack-items.ts';
import { Store } from './store.ts';
import { withTableNames } from './table-names.ts';
import { ensureTable } from './tables.ts';
import { stackTable } from './terraform.ts';
import { sweepExpired, sweepRegularly } from './ttl.ts';

export interface DynamoDb extends AwsService, Closable {
  /** Removes items whose time to live is over, at once instead of within a minute. Gives their number. */
  sweepExpired(nowMs?: number): Promise<number>;
}

/**
 * Amazon DynamoDB in this process, over dynalite's parts. `tables` exist and are ACTIVE when it resolves, and `items`
 * (`aws_dynamodb_table_item`) are in them.
 * With `path` it keeps its data in that folder (LevelDB: every acknowledged write survives a kill), else in memory.
 */
export async function createDynamoDb(options: {
  tables: readonly StackResource[];
  items?: readonly StackResource[];
  environment: Environment;
  authorize: Authorize;
  path?: string;
  ports?: Ports | undefined;
  /** How long a write transaction is under way, in milliseconds of the scheduler: a turn of the event loop by default. */
  transactionMs?: number | undefined;
  /** Told of each item that changes, once the change is kept. */
  observe?: Observe | undefined;
}): Promise<DynamoDb> {
  const { environment, authorize, ports = systemPorts } = options;
  const tables = options.tables.map(stackTable);
  const arns = new Map(options.tables.map(({ attributes }) => [attributes.name, attributes.arn as string | undefined]));
  const arnOf = (table: string) => arns.get(table) ?? tableArn(environment, table);
  const recoverable = new Set(tables.flatMap(({ name, pointInTimeRecovery }) => (pointInTimeRecovery ? [name] : [])));
  const store = new Store(options.path, { observe: options.observe, ports, transactionMs: options.transactionMs ?? 0 });
  await store.open();
  for (const table of tables) await ensureTable(table, store, environment);
  await putStackItems(options.items ?? [], store);
  const hashKeyOf: HashKeyOf = (table, index) => store.hashKeyOf(table, index);
  const known = operations(store, environment, recoverable, ports.clock);
  const stopSweeping = sweepRegularly(store, ports);
  const served = [...known.keys()].sort();
  return {
    operations: served,
    async call(operation, input, caller) {
      const perform = known.get(operation);
      if (perform === undefined) {
        throw notServed('DynamoDB', operation, served);
      }
      const named = withTableNames(input);
      if (caller.roleArn !== undefined) {
        for (const [action, arn, keys] of permissionsFor(operation, named, { arnOf, hashKeyOf })) {
          authorize(caller, action, arn, keys.length > 0 ? { 'dynamodb:LeadingKeys': keys } : undefined);
        }
      }
      return perform(named);
    },
    sweepExpired: (nowMs = ports.clock.now()) => sweepExpired(store, nowMs),
    async close() {
      await stopSweeping();
      await store.level.close();
    },
  };
}
