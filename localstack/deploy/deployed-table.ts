import {
  ConditionalCheckFailedException,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { flightItem, seedFlights } from '../seed.ts';

export interface DeployedTable {
  exists(): Promise<boolean>;
  /** Puts the seed flights in; one that is there already keeps its seats. Answers how many are new. */
  seed(): Promise<number>;
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
    async seed() {
      let added = 0;
      for (const flight of seedFlights) {
        try {
          await client.send(
            new PutItemCommand({
              TableName,
              Item: flightItem(flight),
              ConditionExpression: 'attribute_not_exists(pk)',
            }),
          );
          added += 1;
        } catch (error) {
          if (!(error instanceof ConditionalCheckFailedException)) throw error;
        }
      }
      return added;
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
