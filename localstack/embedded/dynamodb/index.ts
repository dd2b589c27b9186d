import type { MeteredDatabase } from '../meter.ts';
import type { Observe } from '../observer.ts';
import { type Ports, systemPorts } from '../ports.ts';
import { naming } from '../resource.ts';
import { createService, type Operation } from '../service.ts';
import { openStore, type Store } from '../store/index.ts';
import type { Authorize, Closable, Environment, StackResource } from '../types.ts';
import { Database } from './database.ts';
import type { HashKeyOf } from './leading-keys.ts';
import { operationsOf } from './operations.ts';
import { permissionsFor, tableArn } from './permissions.ts';
import { refusedUnits } from './refused-writes.ts';
import { checkAnswerMembers } from './request.ts';
import { putStackItems } from './stack-items.ts';
import { tableMembers } from './table-input.ts';
import { withTableNames } from './table-names.ts';
import { ensureTable } from './tables.ts';
import { stackTable } from './terraform.ts';
import { sweepExpired, sweepRegularly } from './ttl.ts';

export interface DynamoDb extends MeteredDatabase, Closable {
  /** Removes items whose time to live is over, at once instead of within a minute. Gives their number. */
  sweepExpired(nowMs?: number): number;
}

export interface DynamoDbOptions {
  readonly tables: readonly StackResource[];
  /** aws_dynamodb_table_item */
  readonly items?: readonly StackResource[];
  readonly environment: Environment;
  readonly authorize: Authorize;
  /** Keeps tables and items; memory by default. */
  readonly store?: Store | undefined;
  readonly ports?: Ports | undefined;
  /** How long a write transaction is under way, in milliseconds of the scheduler, 0 a turn of the event loop; no time by default. */
  readonly transactionMs?: number | undefined;
  /** Told of each item that changes, once the change is kept. */
  readonly observe?: Observe | undefined;
}

/**
 * Amazon DynamoDB in this process. The stack's tables are ACTIVE, and its items in them, when it returns.
 * @throws Error that names the stack's table that AWS would refuse, or that has other keys than the one that is kept
 */
export function createDynamoDb(options: DynamoDbOptions): DynamoDb {
  const { environment, authorize, store = openStore(), ports = systemPorts, observe = () => {} } = options;
  const tables = options.tables.map((resource) => ({ resource, ...naming(resource, () => stackTable(resource)) }));
  const arns = new Map(options.tables.map(({ attributes }) => [attributes.name, attributes.arn as string | undefined]));
  const arnOf = (table: string) => arns.get(table) ?? tableArn(environment, table);
  const recoverable = new Set(tables.flatMap(({ name, pointInTimeRecovery }) => (pointInTimeRecovery ? [name] : [])));
  const database = new Database({ store, environment, ports, observe, transactionMs: options.transactionMs });
  for (const table of tables) naming(table.resource, () => ensureTable(table, database));
  putStackItems(options.items ?? [], database);
  const hashKeyOf: HashKeyOf = (name, index) => {
    const schema = database.tables.get(name)?.schema;
    return (index === undefined ? schema : schema?.indexes.find((one) => one.name === index))?.hash;
  };
  const stopSweeping = sweepRegularly(database, ports);
  const operations = Object.entries(operationsOf(database, recoverable)).map(([name, perform]): [string, Operation] => [
    name,
    (input, caller) => {
      const named = withTableNames(input);
      if (caller.roleArn !== undefined) {
        for (const [action, arn, keys] of permissionsFor(name, named, { arnOf, hashKeyOf })) {
          authorize(caller, action, arn, keys.length > 0 ? { 'dynamodb:LeadingKeys': keys } : undefined);
        }
      }
      checkAnswerMembers(named);
      return perform(named);
    },
  ]);
  return {
    ...createService('DynamoDB', Object.fromEntries(operations), {}, tableMembers),
    refusedUnits: (operation, input) => refusedUnits(operation, input, database),
    sweepExpired: (nowMs = ports.clock.now()) => sweepExpired(database, nowMs),
    async close() {
      stopSweeping();
    },
  };
}
