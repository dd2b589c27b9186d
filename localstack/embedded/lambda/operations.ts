/** Lambda's API by operation name. */

import { createService, type Operation } from '../service.ts';
import { each, type Shape } from '../shape.ts';
import { type Authorize, AwsError, type AwsService, type Caller } from '../types.ts';
import type { InvokeResult } from './contract.ts';
import { describeFunction } from './descriptions.ts';
import type { FunctionRuntime } from './function-runtime.ts';
import { paged } from './paged.ts';
import { createStackReads, type StackReadsOptions } from './stack-reads.ts';

interface Found {
  readonly runtime: FunctionRuntime;
  readonly arn: string;
  readonly qualifier: string | undefined;
}

export interface OperationParts {
  find(nameOrArn: string, caller: Caller, action: string, qualifier?: string): Found;
  run(runtime: FunctionRuntime, arn: string, payload: unknown): Promise<InvokeResult>;
  /** Kept when it returns; never rejects. */
  runLater(arn: string, payload: unknown): Promise<void>;
  readonly authorize: Authorize;
  readonly stackReads: Omit<StackReadsOptions, 'authorize'>;
  /** `$LATEST` of every function. */
  functions(): readonly FunctionRuntime[];
  /** All versions of a function, `$LATEST` first. */
  versions(name: string): readonly FunctionRuntime[];
}

type Input = Record<string, unknown>;

export function createOperations(parts: OperationParts): AwsService {
  const { find, run, runLater, authorize, functions, versions } = parts;
  const found = (input: Input, caller: Caller, action: string) =>
    find(String(input.FunctionName ?? ''), caller, action, input.Qualifier as string | undefined);

  const operations: Record<string, Operation> = {
    async Invoke(input, caller) {
      const { runtime, arn } = found(input, caller, 'lambda:InvokeFunction');
      const payload = parsePayload(input.Payload);
      if (![undefined, 'None', 'Tail'].includes(input.LogType as string | undefined)) {
        throw new AwsError('InvalidParameterValueException', `Unknown LogType ${input.LogType}`);
      }
      switch (input.InvocationType ?? 'RequestResponse') {
        case 'DryRun':
          return { StatusCode: 204 };
        case 'Event':
          void runLater(arn, payload);
          return { StatusCode: 202, Payload: '' };
        case 'RequestResponse':
          return invokeOutput(await run(runtime, arn, payload), input.LogType === 'Tail');
        default:
          throw new AwsError(
            'InvalidParameterValueException',
            `Unknown InvocationType ${String(input.InvocationType)}`,
          );
      }
    },
    async GetFunction(input, caller) {
      const { runtime, qualifier } = found(input, caller, 'lambda:GetFunction');
      const { settings } = runtime;
      const reserved = settings.reservedConcurrency;
      return {
        Configuration: describeFunction(settings, await runtime.bundle(), qualifier),
        Code: { RepositoryType: 'S3', Location: `file://${settings.zip}` },
        Tags: settings.resource.attributes.tags ?? {},
        ...(reserved !== undefined && { Concurrency: { ReservedConcurrentExecutions: reserved } }),
      };
    },
    async GetFunctionConfiguration(input, caller) {
      const { runtime, qualifier } = found(input, caller, 'lambda:GetFunctionConfiguration');
      return describeFunction(runtime.settings, await runtime.bundle(), qualifier);
    },
    async ListFunctions(input, caller) {
      authorize(caller, 'lambda:ListFunctions', '*');
      const { FunctionVersion: wanted } = input;
      if (wanted !== undefined && wanted !== 'ALL') {
        throw new AwsError('InvalidParameterValueException', `FunctionVersion is ALL or absent, not ${wanted}`);
      }
      const all = functions().flatMap((runtime) => (wanted ? versions(runtime.settings.name) : runtime));
      return paged('Functions', all, input, async ({ settings, bundle }) =>
        describeFunction(settings, await bundle(), wanted && settings.version),
      );
    },
    async ListVersionsByFunction(input, caller) {
      const { runtime } = found(input, caller, 'lambda:ListVersionsByFunction');
      return paged('Versions', versions(runtime.settings.name), input, async ({ settings, bundle }) =>
        describeFunction(settings, await bundle(), settings.version),
      );
    },
    ...createStackReads({ ...parts.stackReads, authorize }, (input, caller, action) => {
      const { settings } = found(input, caller, action).runtime;
      return { name: settings.name, arn: settings.arn };
    }),
  };

  return createService('Lambda', operations, unserved, members);
}

const members: Shape = {
  ...each('text', 'ClientContext', 'DurableExecutionName', 'EventSourceArn', 'FunctionName', 'FunctionVersion'),
  ...each('text', 'InvocationType', 'LogType', 'Marker', 'MasterRegion', 'MaxItems', 'Qualifier', 'TenantId', 'UUID'),
};

const unserved = {
  Invoke: ['ClientContext', 'DurableExecutionName', 'TenantId'],
  ListFunctions: ['MasterRegion'],
};

function invokeOutput({ payload, functionError, logTail, executedVersion }: InvokeResult, tail: boolean): Input {
  return {
    StatusCode: 200,
    ExecutedVersion: executedVersion,
    Payload: payload,
    ...(functionError && { FunctionError: functionError }),
    ...(tail && { LogResult: Buffer.from(logTail).toString('base64') }),
  };
}

/** @throws AwsError `InvalidRequestContentException` for bytes that are no JSON */
function parsePayload(payload: unknown): unknown {
  if (!(payload instanceof Uint8Array)) return payload === undefined ? {} : payload;
  if (payload.length === 0) return {};
  try {
    return JSON.parse(Buffer.from(payload).toString());
  } catch (error) {
    const message = `Could not parse request body into json: ${(error as Error).message}`;
    throw new AwsError('InvalidRequestContentException', message, 400, { Type: 'User' });
  }
}
