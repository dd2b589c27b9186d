import { createDynamoDb, type DynamoDb } from '#embedded/dynamodb/index.ts';
import { openStore } from '#embedded/store/index.ts';
import { type Authorize, OUTSIDE, type StackResource } from '#embedded/types.ts';

/** Items of a trip that the writing process writes at once. */
export const LEGS = 20;

export const environment = { region: 'us-east-1', accountId: '000000000000' };
export const tripsArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/trips';

/** A table as the synthesized stack has it. */
export function tripsTable(more: Record<string, unknown> = {}): StackResource {
  return {
    type: 'aws_dynamodb_table',
    name: 'trips',
    attributes: {
      name: 'trips',
      arn: tripsArn,
      billing_mode: 'PAY_PER_REQUEST',
      hash_key: 'pk',
      range_key: 'sk',
      attribute: ['pk', 'sk', 'customer', 'phase'].map((name) => ({ name, type: 'S' })),
      global_secondary_index: [
        { name: 'ByCustomer', hash_key: 'customer', range_key: 'phase', projection_type: 'ALL' },
      ],
      ttl: { attribute_name: 'expiresAt', enabled: true },
      ...more,
    },
  };
}

export async function openTrips({
  path,
  ...more
}: {
  path?: string;
  authorize?: Authorize;
  tables?: readonly StackResource[];
  items?: readonly StackResource[];
} = {}): Promise<DynamoDb> {
  const store = openStore(path);
  try {
    const options = { tables: [tripsTable()], environment, authorize: () => undefined, store, ...more };
    const service = createDynamoDb(options);
    return {
      ...service,
      async close() {
        await service.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Calls as somebody outside the stack, on the table of trips. */
export const calls = (service: DynamoDb) => (operation: string, input: Record<string, unknown>) =>
  service.call(operation, { ...(operation.startsWith('Transact') ? {} : { TableName: 'trips' }), ...input }, OUTSIDE);

export const key = (pk: string, sk = 'BOOKING') => ({ pk: { S: pk }, sk: { S: sk } });

export const putOf = (Item: Record<string, unknown>) => ({ Put: { TableName: 'trips', Item } });

export const byCustomer = (customer: string, more: Record<string, unknown> = {}) => ({
  IndexName: 'ByCustomer',
  KeyConditionExpression: 'customer = :c',
  ExpressionAttributeValues: { ':c': { S: customer } },
  ...more,
});
