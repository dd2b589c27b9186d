/** Calls of AWS by its SDK, which signs, finds the endpoint of each service and tries again what is throttled. */
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { BatchGetItemCommand, GetItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { OperatorClients } from '#infra/operations/stage-clients.ts';
import { type AwsCall, AwsFailure, type AwsServiceName, type Json } from './source.ts';

interface Service {
  readonly client: { send(command: never): Promise<object> };
  readonly commands: Readonly<Record<string, new (input: never) => object>>;
}

/** @param endpoint of all services; undefined for AWS's own */
export function sdkCalls({ stepFunctions, dynamodb }: OperatorClients, endpoint: string | undefined): AwsCall {
  const { region, credentials } = stepFunctions.config;
  const logs = new CloudWatchLogsClient({ region, credentials, ...(endpoint !== undefined && { endpoint }) });
  const services: Readonly<Partial<Record<AwsServiceName, Service>>> = {
    states: {
      client: stepFunctions,
      commands: {
        DescribeExecution: DescribeExecutionCommand,
        DescribeStateMachine: DescribeStateMachineCommand,
        DescribeStateMachineForExecution: DescribeStateMachineForExecutionCommand,
        GetExecutionHistory: GetExecutionHistoryCommand,
        ListExecutions: ListExecutionsCommand,
        StartExecution: StartExecutionCommand,
        StopExecution: StopExecutionCommand,
      },
    },
    dynamodb: {
      client: dynamodb,
      commands: { BatchGetItem: BatchGetItemCommand, GetItem: GetItemCommand, Query: QueryCommand, Scan: ScanCommand },
    },
    logs: { client: logs, commands: { FilterLogEvents: FilterLogEventsCommand } },
  };
  return async (name, operation, input) => {
    const service = services[name];
    const Command = service?.commands[operation];
    if (service === undefined || Command === undefined) {
      throw new AwsFailure('NotPossible', `The console makes no call ${name} ${operation} on this target`, 409);
    }
    try {
      return wireOf(await service.client.send(new Command(input as never) as never)) as Json;
    } catch (error) {
      throw failureOf(error);
    }
  };
}

/** The SDK's dates as the JSON protocol has them, in seconds. */
export function wireOf(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1_000;
  if (Array.isArray(value)) return value.map(wireOf);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof Set) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, wireOf(each)]));
}

function failureOf(error: unknown): AwsFailure {
  const { name, message, code, $metadata } = error as NodeJS.ErrnoException & {
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  return new AwsFailure(code ?? name, message, $metadata?.httpStatusCode ?? 502);
}
