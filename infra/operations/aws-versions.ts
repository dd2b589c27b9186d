import {
  DeleteFunctionCommand,
  type LambdaClient,
  paginateListVersionsByFunction,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import {
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  ExecutionDoesNotExist,
  paginateListExecutions,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { Versions } from './versions.ts';

export interface VersionsClients {
  readonly lambda: LambdaClient;
  readonly stepFunctions: SFNClient;
}

/** A quota of one DescribeStateMachineForExecution a second goes to executions that run, of which there are few at a time. */
export function awsVersions({ lambda, stepFunctions }: VersionsClients, stateMachineArn: string): Versions {
  return {
    async definition() {
      const { definition = '' } = await stepFunctions.send(new DescribeStateMachineCommand({ stateMachineArn }));
      return definition;
    },

    async definitionsOfRunning() {
      const definitions: string[] = [];
      const pages = paginateListExecutions({ client: stepFunctions }, { stateMachineArn, statusFilter: 'RUNNING' });
      for await (const { executions = [] } of pages) {
        for (const { executionArn } of executions) {
          try {
            const command = new DescribeStateMachineForExecutionCommand({ executionArn });
            definitions.push((await stepFunctions.send(command)).definition ?? '');
          } catch (error) {
            // Long over by now, where even its history is gone.
            if (!(error instanceof ExecutionDoesNotExist)) throw error;
          }
        }
      }
      return definitions;
    },

    async versionsOf(FunctionName) {
      try {
        const found = [];
        for await (const { Versions: page = [] } of paginateListVersionsByFunction(
          { client: lambda },
          { FunctionName },
        )) {
          found.push(...page);
        }
        return found.map(({ Version = '', LastModified = '' }) => ({
          functionName: FunctionName,
          version: Version,
          lastModified: LastModified,
        }));
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return [];
        throw error;
      }
    },

    async remove(FunctionName, Qualifier) {
      await lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier }));
    },
  };
}
