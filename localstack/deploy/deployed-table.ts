import {
  type AttributeValue,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';

export interface DeployedTable {
  exists(): Promise<boolean>;
  /** Whether it has an item at this key; false where there is no table, too. */
  hasItem(key: Record<string, AttributeValue>): Promise<boolean>;
  close(): void;
}

export function openDeployedTable(endpoint: string, TableName: string, region = 'us-east-1'): DeployedTable {
  const client = new DynamoDBClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  return {
    async exists() {
      try {
        await client.send(new DescribeTableCommand({ TableName }));
        return true;
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return false;
        throw error;
      }
    },
    async hasItem(Key) {
      try {
        const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
        return Item !== undefined;
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return false;
        throw error;
      }
    },
    close: () => client.destroy(),
  };
}

/**
 * Whether the target has lost what the state tells of, as emulators do when they are stopped. Terraform cannot find that out:
 * a missing resource is not an error that it expects from each of them. A state without outputs never got so far.
 */
export async function hasForgotten(endpoint: string, outputs: Readonly<Record<string, string>>): Promise<boolean> {
  if (outputs.table_name === undefined) return false;
  const table = openDeployedTable(endpoint, outputs.table_name);
  try {
    return !(await table.exists());
  } finally {
    table.close();
  }
}
