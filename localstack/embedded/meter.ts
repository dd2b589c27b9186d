import type { Observe } from './observer.ts';
import { AwsError, type AwsService } from './types.ts';

/** DynamoDB, as far as it knows what a write that a condition refused has used all the same. */
export interface MeteredDatabase extends AwsService {
  refusedUnits(operation: string, input: Readonly<Record<string, unknown>>): number;
}

/** Calls a service, and tells the stream of each call. */
export function metered(service: string, target: AwsService, observe: Observe): AwsService {
  return {
    ...target,
    async call(operation, input, caller) {
      const tell = (error?: unknown) =>
        observe({
          type: 'callMade',
          service,
          operation,
          by: caller.roleArn,
          error: error === undefined ? undefined : error instanceof AwsError ? error.code : 'InternalFailure',
          units: undefined,
        });
      try {
        const output = await target.call(operation, input, caller);
        tell();
        return output;
      } catch (error) {
        tell(error);
        throw error;
      }
    },
  };
}

const conditionErrors: ReadonlySet<string> = new Set([
  'ConditionalCheckFailedException',
  'TransactionCanceledException',
]);
const writes = /^(Put|Update|Delete|BatchWrite|TransactWrite)Items?$/;

/** The same for DynamoDB, with the units that each call used. */
export function meteredDatabase(target: MeteredDatabase, observe: Observe): AwsService {
  return {
    ...target,
    async call(operation, input, caller) {
      const tell = (sum: number, error?: string) => {
        const units = writes.test(operation) ? { read: 0, write: sum } : { read: sum, write: 0 };
        observe({ type: 'callMade', service: 'dynamodb', operation, by: caller.roleArn, error, units });
      };
      const asks = input.ReturnConsumedCapacity !== undefined && input.ReturnConsumedCapacity !== 'NONE';
      try {
        const output = await target.call(
          operation,
          asks ? input : { ...input, ReturnConsumedCapacity: 'TOTAL' },
          caller,
        );
        const { ConsumedCapacity, ...others } = output;
        tell(sumOf(ConsumedCapacity));
        return asks ? output : others;
      } catch (error) {
        const code = error instanceof AwsError ? error.code : 'InternalFailure';
        tell(conditionErrors.has(code) ? target.refusedUnits(operation, input) : 0, code);
        throw error;
      }
    },
  };
}

function sumOf(consumed: unknown): number {
  const tables = (Array.isArray(consumed) ? consumed : [consumed ?? {}]) as readonly { CapacityUnits?: number }[];
  return tables.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
}
