import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { executionArnOf } from '#schema/execution-names.ts';
import type { BookingStatus } from '#schema/saga-input.ts';
import { keys, unfinishedShardAttribute } from '#schema/table.ts';
import type { OperatorClients } from '../stage-clients.ts';
import type { Standings } from './outcome.ts';

export function awsStandings(
  { stepFunctions, dynamodb }: Pick<OperatorClients, 'stepFunctions' | 'dynamodb'>,
  stateMachineArn: string,
  tableName: string,
): Standings {
  return {
    async run(name) {
      const executionArn = executionArnOf(stateMachineArn, name);
      try {
        const { status = '', error } = await stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
        return { status, error };
      } catch (error) {
        if (error instanceof Error && error.name === 'ExecutionDoesNotExist') return undefined;
        throw error;
      }
    },
    async booking(tripId) {
      const { Item } = await dynamodb.send(
        new GetCommand({ TableName: tableName, Key: keys.booking(tripId), ConsistentRead: true }),
      );
      if (Item === undefined) return undefined;
      return {
        executionId: String(Item.execution_id),
        status: Item.status as BookingStatus,
        isUnfinished: unfinishedShardAttribute in Item,
      };
    },
  };
}
