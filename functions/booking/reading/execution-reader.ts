import { DescribeExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';

/** How an execution stands, as DescribeExecution tells it. */
export interface ExecutionState {
  readonly executionArn: string;
  readonly name: string;
  readonly status: string;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly input: string;
}

export interface ExecutionReader {
  /** Undefined where Step Functions knows no such execution (any more: it forgets them after 90 days). */
  describe(executionArn: string): Promise<ExecutionState | undefined>;
}

export function sfnExecutionReader(client: SFNClient): ExecutionReader {
  return {
    async describe(executionArn) {
      try {
        const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
        return {
          executionArn,
          name: execution.name ?? '',
          status: execution.status ?? '',
          error: execution.error,
          cause: execution.cause,
          input: execution.input ?? '{}',
        };
      } catch (error) {
        if (error instanceof Error && error.name === 'ExecutionDoesNotExist') return undefined;
        throw error;
      }
    },
  };
}
